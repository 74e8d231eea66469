/** Files that are sent, with how far they have gone: what `fetch` cannot tell. */
import { ApiError, errorOf } from './problem.ts';

/**
 * A `fetch` for one call of a client: sends `file` as the body and reports the share that has gone out, 0 to 1. Rejects with `ApiError`
 * as `apiFetch` does.
 */
export function uploadFetch(file: File, progress: (share: number) => void) {
  return (request: Request): Promise<Response> =>
    new Promise((resolve, reject) => {
      const exchange = new XMLHttpRequest();
      exchange.open(request.method, request.url);
      request.headers.forEach((value, name) => {
        exchange.setRequestHeader(name, value);
      });
      exchange.upload.onprogress = ({ loaded, total }) => progress(total > 0 ? loaded / total : 0);
      exchange.onerror = () => reject(new ApiError({ status: 0 }));
      exchange.onload = () => {
        const type = exchange.getResponseHeader('content-type');
        const response = new Response(exchange.responseText, {
          status: exchange.status,
          headers: type === null ? {} : { 'content-type': type },
        });
        if (response.ok) resolve(response);
        else void errorOf(response).then(reject);
      };
      exchange.send(file);
    });
}

/** What a ledger is sent as; by its name, as browsers do not know all of these types. */
export function ledgerType({ name }: File): string {
  if (/\.json$/i.test(name)) return 'application/json';
  return /\.(ndjson|jsonl)$/i.test(name) ? 'application/x-ndjson' : 'text/csv';
}
