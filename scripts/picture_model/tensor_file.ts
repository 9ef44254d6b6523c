/**
 * Reads a file of TensorFlow Lite, as far as our model needs it. The numbers of the fields are
 * those of its schema (tensorflow/compiler/mlir/lite/schema/schema.fbs); the format is FlatBuffers.
 */

/** Numbers, or a place for them if `data` is empty. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly data: Uint8Array;
}

/** One operation on tensors, which are given by number. */
export interface Operator {
  /** Its name in the schema, or that of a custom operator. */
  readonly kind: string;
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  readonly stride: number;
}

/** The one graph of a file. */
export interface TensorFile {
  readonly tensors: readonly Tensor[];
  readonly operators: readonly Operator[];
  readonly input: number;
  readonly output: number;
}

const builtIn: Readonly<Record<number, string>> = {
  0: "ADD",
  3: "CONV_2D",
  4: "DEPTHWISE_CONV_2D",
  6: "DEQUANTIZE",
  14: "LOGISTIC",
  18: "MUL",
  19: "RELU",
  23: "RESIZE_BILINEAR",
  40: "MEAN",
  117: "HARD_SWISH",
};
const custom = 32;

/** Throws if there is not one graph with one input and one output. */
export function readModel(bytes: Uint8Array): TensorFile {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const root = new Table(view, view.getUint32(0, true));
  const kinds = root.tables(1).map((code) => {
    const number = Math.max(code.byte(0), code.number(3));
    return number === custom ? code.text(1) : builtIn[number] ?? `operator ${number}`;
  });
  const [graph] = root.tables(2);
  const [input, output] = [graph?.numbers(1)[0], graph?.numbers(2)[0]];
  if (graph === undefined || input === undefined || output === undefined) {
    throw new Error("a model without a graph, an input or an output");
  }
  const buffers = root.tables(4).map((buffer) => buffer.bytes(0));
  const tensors = graph.tables(0).map((tensor) => ({
    shape: tensor.numbers(0),
    data: buffers[tensor.number(2)] ?? new Uint8Array(),
  }));
  const operators = graph.tables(3).map((operator) => {
    const kind = kinds[operator.number(0)] ?? "";
    const options = /^(DEPTHWISE_)?CONV_2D$/.test(kind) ? operator.table(4) : undefined;
    const stride = options?.number(1) ?? 1;
    return { kind, inputs: operator.numbers(1), outputs: operator.numbers(2), stride };
  });
  return { tensors, operators, input, output };
}

/** A table of FlatBuffers; its fields have numbers, and those that are missing are 0. */
class Table {
  readonly #view: DataView;
  readonly #at: number;

  constructor(view: DataView, at: number) {
    this.#view = view;
    this.#at = at;
  }

  byte(field: number): number {
    const at = this.#field(field);
    return at === undefined ? 0 : this.#view.getInt8(at);
  }

  number(field: number): number {
    const at = this.#field(field);
    return at === undefined ? 0 : this.#view.getInt32(at, true);
  }

  numbers(field: number): number[] {
    const { at, count } = this.#vector(field);
    return Array.from({ length: count }, (_, index) => this.#view.getInt32(at + 4 * index, true));
  }

  bytes(field: number): Uint8Array {
    const { at, count } = this.#vector(field);
    return new Uint8Array(this.#view.buffer, this.#view.byteOffset + at, count);
  }

  text(field: number): string {
    return new TextDecoder().decode(this.bytes(field));
  }

  table(field: number): Table | undefined {
    const at = this.#field(field);
    return at === undefined ? undefined : new Table(this.#view, this.#target(at));
  }

  tables(field: number): Table[] {
    const { at, count } = this.#vector(field);
    return Array.from(
      { length: count },
      (_, index) => new Table(this.#view, this.#target(at + 4 * index)),
    );
  }

  #vector(field: number): { at: number; count: number } {
    const at = this.#field(field);
    if (at === undefined) return { at: 0, count: 0 };
    const start = this.#target(at);
    return { at: start + 4, count: this.#view.getUint32(start, true) };
  }

  #field(field: number): number | undefined {
    const fields = this.#at - this.#view.getInt32(this.#at, true);
    const place = 4 + 2 * field;
    if (place >= this.#view.getUint16(fields, true)) return undefined;
    const offset = this.#view.getUint16(fields + place, true);
    return offset === 0 ? undefined : this.#at + offset;
  }

  /** What an offset points to. */
  #target(at: number): number {
    return at + this.#view.getUint32(at, true);
  }
}
