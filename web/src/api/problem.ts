/** What the APIs answer when they refuse (RFC 9457), as an error. */

export interface FieldError {
  field: string;
  /** Completes "the field must be …". */
  expected: string;
}

export interface Problem {
  title: string;
  status: number;
  detail: string;
  /** For programs, such as `insufficient_balance`. */
  code: string;
  errors?: readonly FieldError[];
}

/** A request was refused. `status` 0: the server was not reached. */
export class ApiError extends Error {
  override name = 'ApiError';
  readonly status: number;
  readonly code: string;
  readonly fieldErrors: readonly FieldError[];
  /** Seconds after which to try again, where the server says so. */
  readonly retryAfterS: number | undefined;

  constructor(problem: Partial<Problem> & { status: number }, retryAfterS?: number) {
    super(problem.detail ?? problem.title ?? '');
    this.status = problem.status;
    this.code = problem.code ?? (problem.status === 0 ? 'unreachable' : 'unexpected');
    this.fieldErrors = problem.errors ?? [];
    this.retryAfterS = retryAfterS;
  }

  /** The same request may succeed a moment later. */
  get isPassing(): boolean {
    return this.status === 0 || this.status === 502 || this.status === 503 || this.status === 504;
  }
}

/** The error that a refusing answer stands for. */
export async function errorOf(response: Response): Promise<ApiError> {
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
  let problem: Partial<Problem> = {};
  if (response.headers.get('content-type')?.includes('json')) {
    problem = await response.json().catch(() => ({}));
  }
  return new ApiError(
    { ...problem, status: response.status },
    Number.isFinite(retryAfter) ? retryAfter : undefined,
  );
}
