const phrases: Record<number, string> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  429: "Too Many Requests",
  500: "Internal Server Error",
  503: "Service Unavailable",
};

/** The words of a status, for example 404 → "Not Found". */
export function statusPhrase(status: number): string {
  return phrases[status] ?? (status < 500 ? "Request failed" : "Server error");
}

/** Throw it anywhere in a request: the answer is the error page with this status (400–599). */
export class HttpError extends Error {
  readonly status: number;

  constructor(status: number, message: string = statusPhrase(status), options?: ErrorOptions) {
    super(message, options);
    this.name = "HttpError";
    this.status = status;
  }
}

/** The status an error is answered with. */
export function statusOf(error: unknown): number {
  return error instanceof HttpError && error.status >= 400 && error.status < 600
    ? error.status
    : 500;
}
