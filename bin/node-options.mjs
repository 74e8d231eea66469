// How Node runs the server.
export const SERVER_NODE_OPTIONS = [
  // Otherwise a few thousand tunnels that live for a while teach V8 to make some of each tunnel's objects where only a full collection frees
  // them. All later tunnels, however short, then stay in memory until it comes, tied to those, and are copied meanwhile.
  '--no-allocation-site-pretenuring',
];
