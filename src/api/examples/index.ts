import { accountExamples } from './accounts.ts';
import { channelExamples } from './channels.ts';
import { chatExamples } from './chats.ts';
import { crmExamples } from './crms.ts';
import { deliveryExamples } from './deliveries.ts';
import { directoryExamples } from './directory.ts';
import { messageExamples } from './messages.ts';
import { pageExamples } from './pages.ts';
import type { RouteExample } from './route-example.ts';
import { statisticsExamples } from './statistics.ts';

const all = {
  ...messageExamples,
  ...channelExamples,
  ...directoryExamples,
  ...chatExamples,
  ...accountExamples,
  ...deliveryExamples,
  ...crmExamples,
  ...pageExamples,
  ...statisticsExamples,
};

/** An example of each route, as one story: see `story.ts`. Only the description of the API imports it. */
export const examples: Readonly<Record<keyof typeof all, RouteExample>> = all;
