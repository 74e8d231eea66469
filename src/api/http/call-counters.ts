/** Calls that were answered, counted in plain numbers. Routes are templates, so there are only so many. */
import type { FastifyInstance } from 'fastify';
import { Histogram } from '../../shared/histogram.ts';

interface RouteCount {
  readonly labels: {
    readonly dialect: string;
    readonly method: string;
    readonly route: string;
    readonly status: string;
  };
  count: number;
}

/** In seconds. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
/** What no route of ours answers has methods that clients make up. */
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

export class CallCounters {
  readonly byRoute = new Map<string, RouteCount>();
  readonly byDialect = new Map<string, Histogram>();

  /** Counts every call that `app` answers. `dialectOf` names the dialect that a route belongs to. */
  watch(app: FastifyInstance, dialectOf: (route: string) => string): void {
    app.addHook('onResponse', (request, reply, done) => {
      const route = request.routeOptions.url ?? 'none';
      const method = METHODS.has(request.method) ? request.method : 'other';
      const key = `${method} ${route} ${reply.statusCode}`;
      let count = this.byRoute.get(key);
      if (count === undefined) {
        const labels = { dialect: dialectOf(route), method, route, status: String(reply.statusCode) };
        count = { labels, count: 0 };
        this.byRoute.set(key, count);
      }
      count.count += 1;
      let times = this.byDialect.get(count.labels.dialect);
      if (times === undefined) {
        times = new Histogram(BUCKETS);
        this.byDialect.set(count.labels.dialect, times);
      }
      times.observe(reply.elapsedTime / 1000);
      done();
    });
  }
}
