/** What is at the console's addresses while it is not built. */
export const MISSING_PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Headgate</title>
<style>
  :root { color-scheme: light dark; }
  body { font: 16px/1.6 system-ui, sans-serif; max-width: 42rem; margin: 4rem auto; padding: 0 1.25rem; }
  code { font-family: ui-monospace, monospace; }
</style>
<h1>Headgate</h1>
<p><strong>The console is not built.</strong> <code>npm start</code> builds it, and says on its standard error why it could not.</p>
<p>The API runs. The <a href="/docs">API reference</a> has every call, and <code>npx headgate --help</code> drives it from the command line.</p>
</html>
`;
