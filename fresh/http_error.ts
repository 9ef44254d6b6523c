/** Errors with an HTTP status. */

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

/** The reason phrase of a status: "Not Found" for 404. */
export function statusPhrase(status: number): string {
  return phrases[status] ?? (status < 500 ? "Request failed" : "Server error");
}

/** Thrown anywhere in a request, it is answered by the error page with this status (400–599). */
export class HttpError extends Error {
  readonly status: number;

  constructor(status: number, message: string = statusPhrase(status), options?: ErrorOptions) {
    super(message, options);
    this.name = "HttpError";
    this.status = status;
  }
}

/** The status of the response to an error: that of an HttpError, else 500. */
export function statusOf(error: unknown): number {
  return error instanceof HttpError && error.status >= 400 && error.status < 600
    ? error.status
    : 500;
}
