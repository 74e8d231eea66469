import type { Gateway } from '../gateway/gateway.ts';
import type { Metrics, Sample } from './registry.ts';

/** Refusals that are about who somebody is. */
const AUTHENTICATION = ['credentials-missing', 'credentials-wrong', 'too-many-guesses'] as const;

export type MeasuredGateway = Pick<Gateway, 'stats' | 'exitStats' | 'counters'>;

export function addGatewayMetrics(metrics: Metrics, gateway: MeasuredGateway): void {
  const { counters } = gateway;
  metrics.gauge(
    'headgate_gateway_tunnels_open',
    'Tunnels and forwarded requests that are being served, or wait to be',
    () => [{ value: gateway.stats().served }],
  );
  metrics.gauge('headgate_gateway_connections', 'Open connections', () => {
    const { clientConnections, targetConnections } = gateway.stats();
    return [
      { labels: { side: 'client' }, value: clientConnections },
      { labels: { side: 'target' }, value: targetConnections },
    ];
  });
  metrics.gauge('headgate_gateway_handshakes', 'Client connections on which nobody was let in yet', () => [
    { value: gateway.stats().handshakes },
  ]);
  metrics.gauge(
    'headgate_gateway_paused',
    'Directions of tunnels that wait for quota, for their turn, or for a seat',
    () => [{ value: gateway.stats().paused }],
  );
  metrics.counter(
    'headgate_gateway_tunnels_opened_total',
    'Tunnels and forwarded requests that reached their target',
    () => byLabel('protocol', counters.opened),
  );
  metrics.counter('headgate_gateway_refusals_total', 'Requests refused, by reason', () =>
    byLabel('reason', counters.refusals),
  );
  metrics.counter(
    'headgate_gateway_authentication_failures_total',
    'Clients that could not be told who they are',
    () => AUTHENTICATION.map((reason) => ({ labels: { reason }, value: counters.refusals[reason] ?? 0 })),
  );
  metrics.counter('headgate_gateway_bytes_total', 'Payload relayed and metered', () =>
    Object.entries(counters.traffic).flatMap(([product, { upBytes, downBytes }]) => [
      { labels: { product, direction: 'up' }, value: upBytes },
      { labels: { product, direction: 'down' }, value: downBytes },
    ]),
  );
  metrics.gauge('headgate_gateway_leases', 'Quota leases held', () => [{ value: gateway.stats().leases }]);
  metrics.histogram(
    'headgate_gateway_lease_request_seconds',
    'Time from asking for quota to the answer',
    () => [{ values: counters.leaseRequests }],
  );
  metrics.counter(
    'headgate_gateway_lease_request_failures_total',
    'Requests for quota that were not answered',
    () => [{ value: counters.leaseRequestFailures }],
  );
  metrics.histogram(
    'headgate_gateway_connect_seconds',
    'Time from a permitted destination to a connection, or to the certainty that there is none',
    () => [{ values: counters.dials }],
  );
  const byExit = (read: (exit: ReturnType<Gateway['exitStats']>[number]) => number) =>
    gateway.exitStats().map((exit) => ({ labels: { exit: exit.name }, value: read(exit) }));
  metrics.gauge('headgate_exit_healthy', '1: not ejected', () => byExit((exit) => Number(exit.healthy)));
  metrics.gauge('headgate_exit_tunnels', 'Connections through an exit', () => byExit((exit) => exit.tunnels));
  metrics.counter('headgate_exit_failures_total', 'Failures of an exit', () =>
    byExit((exit) => exit.failures),
  );
}

function byLabel(name: string, values: Readonly<Partial<Record<string, number>>>): Sample[] {
  return Object.entries(values).map(([label, value]) => ({ labels: { [name]: label }, value: value ?? 0 }));
}
