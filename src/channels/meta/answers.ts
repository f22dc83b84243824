import * as z from 'zod/mini';
import { lenient } from '#calls/lenient';

const graphError = z.object({
  code: lenient(z.int()),
  error_subcode: lenient(z.int()),
  message: lenient(z.string()),
  error_user_msg: lenient(z.string()),
  error_data: lenient(z.object({ details: lenient(z.string()) })),
  is_transient: lenient(z.boolean()),
});

/** What every refusal is: https://developers.facebook.com/docs/graph-api/guides/error-handling */
export const graphErrorSchema = z.object({ error: graphError });

export type GraphError = z.infer<typeof graphError>;

/** The value of the header `x-business-use-case-usage`, by the ids of accounts. */
export const usageSchema = z.record(
  z.string(),
  z
    .array(z.object({ estimated_time_to_regain_access: lenient(z.number().check(z.positive())) }))
    .check(z.maxLength(100)),
);
