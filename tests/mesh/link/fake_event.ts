/** An event with the fields its listeners read. */
export class FieldEvent extends Event {
  constructor(type: string, fields: Readonly<Record<string, unknown>> = {}) {
    super(type);
    Object.assign(this, fields);
  }
}
