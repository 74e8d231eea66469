/** npm's proxy-chain with one login, as a process of its own: PORT USER PASSWORD. */
import { Server } from 'proxy-chain';

const [port, user, secret] = process.argv.slice(2);
const server = new Server({
  port: Number(port),
  host: '127.0.0.1',
  prepareRequestFunction: ({ username, password }) => ({
    requestAuthentication: username !== user || password !== secret,
  }),
});
await server.listen();
