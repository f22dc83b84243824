import { log } from '#aws/log';
import { createHandler } from './handler.ts';

export const handler = createHandler({ log });
