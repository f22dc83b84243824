import * as z from 'zod/mini';
import { directoryId, userId } from '#http/directory';

const newClients = z.object({
  mode: z.enum(['round-robin', 'first-reply', 'unsorted']),
  pipelineId: z.optional(directoryId),
  stageId: z.optional(directoryId),
});
const role = z.enum(['seller', 'manager', 'auditor']);
export const settings = z.object({
  newClients,
  userRoles: z.array(z.object({ userId: z.string(), role, allowGetNewClients: z.boolean() })),
});
export const newSettings = z.object({
  newClients,
  userRoles: z.array(z.object({ userId, role, allowGetNewClients: z._default(z.boolean(), false) })),
});
export const newOptions = z.object({
  notifyHeadsAboutAllMessages: z.optional(z.boolean()),
  saveMessagesToTimeline: z.optional(z.boolean()),
});
export const optionsAnswer = z.object({
  notifyHeadsAboutAllMessages: z.boolean(),
  saveMessagesToTimeline: z.boolean(),
});
export const allSettings = z.extend(optionsAnswer, { channels: z.record(z.string(), settings) });
