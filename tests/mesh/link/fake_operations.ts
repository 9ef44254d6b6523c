/**
 * The operations chain of webrtc-pc 4.4.1.2: one operation at a time, in order; a closed connection
 * never settles its operations.
 */
export class FakeOperations {
  readonly #chain: (() => void)[] = [];
  readonly #emptied: () => void;
  #closed = false;

  /** `emptied`: called each time the chain is empty again. */
  constructor(emptied: () => void) {
    this.#emptied = emptied;
  }

  get empty(): boolean {
    return this.#chain.length === 0;
  }

  run<T>(operation: () => Promise<T>): Promise<T> {
    if (this.#closed) return Promise.reject(new DOMException("closed", "InvalidStateError"));
    return new Promise((resolve, reject) => {
      const begin = () => {
        operation().then(
          (result) => this.#closed || (resolve(result), this.#next()),
          (error) => this.#closed || (reject(error), this.#next()),
        );
      };
      this.#chain.push(begin);
      if (this.#chain.length === 1) begin();
    });
  }

  close(): void {
    this.#closed = true;
  }

  #next(): void {
    this.#chain.shift();
    const [begin] = this.#chain;
    if (begin !== undefined) begin();
    else this.#emptied();
  }
}
