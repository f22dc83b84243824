import * as z from 'zod/mini';
import {
  CRM_PROBLEMS,
  CRMS,
  type CrmBlock,
  type CrmConnection,
  type CrmFields,
  type CrmProblem,
  type CrmProblemCode,
  type CrmTodo,
  type Portal,
} from '#domain/crm';
import { schemaOf } from '#schema-of';
import type { StoredTokens } from '#store/accounts/crm-tokens';
import { UnreadableItemError } from '#store/dynamo/errors';

const portalSchema = schemaOf<Portal>()(
  z.object({
    accountId: z.string(),
    host: z.string(),
    name: z.string(),
    connectedAs: z.string(),
    isAdmin: z.boolean(),
  }),
);
const fieldsSchema = schemaOf<CrmFields>()(z.record(z.string(), z.string()));
const todoSchema = schemaOf<CrmTodo>()(
  z.object({ code: z.string(), values: z.exactOptional(z.record(z.string(), z.string())) }),
);

const blockSchema = schemaOf<CrmBlock>()(
  z.object({ problem: z.exactOptional(z.literal('BLOCKED')), description: z.exactOptional(z.string()) }),
);

const itemSchema = z.object({
  connectionId: z.string(),
  crm: z.enum(CRMS),
  madeAt: z.number(),
  baseUrl: z.string(),
  portal: z.optional(portalSchema),
  fields: fieldsSchema,
  /** Since when each problem stands, by its code and `#` and what it is about. */
  problems: z.record(z.string(), z.number()),
  todo: z.array(todoSchema),
  isDisabled: z.optional(z.boolean()),
  resumedAt: z.optional(z.number()),
  blockedUntil: z.optional(z.number()),
  blockedBecause: z.optional(blockSchema),
  lastNewsAt: z.optional(z.number()),
  lastProofAt: z.optional(z.number()),
  former: z.optional(z.string()),
  forgotAt: z.optional(z.number()),
  ver: z.number(),
  sealed: z.string(),
  hook: z.optional(z.string()),
});

/** A connection as it is stored, its secrets sealed. */
export type StoredCrm = z.infer<typeof itemSchema>;

/** The part of a connection that is stored encrypted. */
export interface CrmSecrets {
  /** What the operator gave. */
  readonly app: Readonly<Record<string, string>>;
  /** Ours: the end of the address of hooks. */
  readonly hooksSecret: string;
}

export const crmSecretsSchema = schemaOf<CrmSecrets>()(
  z.object({ app: z.record(z.string(), z.string()), hooksSecret: z.string() }),
);

/**
 * The connection that an item holds; undefined if the account has left its CRM. Throws `UnreadableItemError` if it holds
 * something else.
 */
export function readStoredCrm(item: Record<string, unknown>): StoredCrm | undefined {
  if (item.connectionId === undefined) return undefined;
  const parsed = itemSchema.safeParse(item);
  if (!parsed.success) throw new UnreadableItemError('accounts', { cause: parsed.error });
  return parsed.data;
}

/** The connection without its secrets. */
export function withoutSecrets(account: string, stored: StoredCrm, tokens: StoredTokens | undefined): CrmConnection {
  const { sealed: _, hook: _hook, ver, problems, isDisabled = false, ...plain } = stored;
  const { grantId, endedAt, endedBecause, pair } = tokens ?? {};
  return {
    ...defined(plain),
    account,
    isDisabled,
    version: ver,
    problems: readProblems(problems),
    ...(grantId !== undefined && { grantId }),
    ...(endedAt !== undefined && { endedAt, ...(endedBecause !== undefined && { endedBecause }) }),
    ...(pair?.goodUntil !== undefined && { goodUntil: pair.goodUntil }),
    ...(pair?.goodUntil !== undefined && pair.refresh === undefined && { expiresAt: pair.goodUntil }),
  };
}

/** The name under which a problem is stored. Each stands once. */
export function problemKey({ code, about }: { readonly code: CrmProblemCode; readonly about?: string }): string {
  return about === undefined ? code : `${code}#${about.slice(0, LONGEST_ABOUT)}`;
}

const LONGEST_ABOUT = 100;

/** The problems, the oldest first. One that a newer version knows is left out. */
function readProblems(stored: Readonly<Record<string, number>>): CrmProblem[] {
  return Object.entries(stored)
    .flatMap(([key, since]) => {
      const [word = '', ...about] = key.split('#');
      const code = CRM_PROBLEMS.find((one) => one === word);
      return code ? [{ code, ...(about.length > 0 && { about: about.join('#') }), since }] : [];
    })
    .sort((one, other) => one.since - other.since);
}

/** The same without the fields that are `undefined`. */
function defined<T extends object>(fields: T): { [Name in keyof T]: Exclude<T[Name], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}
