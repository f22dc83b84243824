import type { Me } from '../models.ts';

/** Whether the user may write in the channel, by their role there. */
export function isWritable({ role }: Pick<Me['channels'][number], 'role'>): boolean {
  return role === 'seller' || role === 'manager';
}
