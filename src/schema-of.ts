import type * as z from 'zod/mini';

/**
 * Ties a schema to the type that it is read as: a field that only one of the two has does not compile.
 * `schemaOf<Place>()(z.object({ … }))`.
 */
export function schemaOf<T>() {
  return <S extends z.ZodMiniType>(schema: S & Tie<T, z.infer<S>>) => schema as unknown as z.ZodMiniType<T>;
}

/** `Omit` of each member of a union by itself. */
export type OmitEach<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

type Tie<T, S> = [Whole<T>] extends [Whole<S>]
  ? [Whole<S>] extends [Whole<T>]
    ? unknown
    : { readonly 'the type lacks what the schema has': Whole<S> }
  : { readonly 'the schema lacks what the type has': Whole<T> };

/** The type with every field required, so that a missing optional field is noticed. */
type Whole<T> = T extends readonly (infer U)[]
  ? Whole<U>[]
  : T extends object
    ? { -readonly [K in keyof T]-?: Whole<Exclude<T[K], undefined>> }
    : T;
