/** What a process shows of its figures to who may read them; each of its HTTP servers mounts it at METRICS_PATH. */
export const METRICS_PATH = '/metrics';

export interface MetricsPage {
  /** `authorization` is the request's header of that name. */
  answer(
    authorization: string | undefined,
  ): Promise<{ status: 200 | 401; contentType: string; body: string }>;
}
