/**
 * What is left of a value of which every field was named. `rest satisfies NoFields` does not compile while a field is
 * neither used nor set aside by name, so a new field can be forgotten by no presenter and by no item of a table.
 */
export type NoFields = Record<string, never>;
