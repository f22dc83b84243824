/**
 * The rest of a value after every field was named. `rest satisfies NoFields` does not compile while a field is neither
 * used nor set aside by name, so no presenter and no item of a table can forget a new field.
 */
export type NoFields = Record<string, never>;
