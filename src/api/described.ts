import { describedAccountRoutes } from '#api/account-routes';
import { describedAssignmentRoutes } from '#api/assignment-routes';
import { describedAuditRoutes } from '#api/audit-routes';
import { describedChannelRoutes } from '#api/channel-routes';
import { describedChatRoutes } from '#api/chat-routes';
import { describedCheckRoutes } from '#api/check-routes';
import { describedContactRoutes } from '#api/contact-routes';
import { describedCrmConnectionRoutes } from '#api/crm-connection-routes';
import { describedDealRoutes } from '#api/deal-routes';
import { describedDeliveryRoutes } from '#api/delivery-routes';
import type { DescribedRoute, DescribedRoutes } from '#api/described-route';
import { describedDeskRoutes } from '#api/desk-routes';
import { describedDocsRoutes } from '#api/docs-routes';
import { describedDocumentRoutes } from '#api/document-routes';
import { describedExportRoutes } from '#api/export-routes';
import { describedFileRoutes } from '#api/file-routes';
import { describedHealthRoutes } from '#api/health-routes';
import { describedHistoryRoutes } from '#api/history-routes';
import { describedMessageChangeRoutes } from '#api/message-change-routes';
import { describedMessageRoutes } from '#api/message-routes';
import { describedNoticeRoutes } from '#api/notice-routes';
import { describedPageRoutes } from '#api/page-routes';
import { describedPeopleRoutes } from '#api/people-routes';
import { describedPipelineRoutes } from '#api/pipeline-routes';
import { describedReceiverRoutes } from '#api/receiver-routes';
import { describedSettingsRoutes } from '#api/settings-routes';
import { describedStatisticsRoutes } from '#api/statistics-routes';
import { describedTeamRoutes } from '#api/team-routes';
import { describedTemplateRoutes } from '#api/template-routes';
import { describedUploadRoutes } from '#api/upload-routes';
import { describedUserRoutes } from '#api/user-routes';
import { describedWebhookRoutes } from '#api/webhook-routes';

const tables = {
  ...describedWebhookRoutes,
  ...describedMessageRoutes,
  ...describedMessageChangeRoutes,
  ...describedTemplateRoutes,
  ...describedUploadRoutes,
  ...describedChannelRoutes,
  ...describedUserRoutes,
  ...describedContactRoutes,
  ...describedDealRoutes,
  ...describedPipelineRoutes,
  ...describedAccountRoutes,
  ...describedAuditRoutes,
  ...describedExportRoutes,
  ...describedPeopleRoutes,
  ...describedCheckRoutes,
  ...describedSettingsRoutes,
  ...describedTeamRoutes,
  ...describedReceiverRoutes,
  ...describedCrmConnectionRoutes,
  ...describedChatRoutes,
  ...describedHistoryRoutes,
  ...describedAssignmentRoutes,
  ...describedStatisticsRoutes,
  ...describedHealthRoutes,
  ...describedDeliveryRoutes,
  ...describedFileRoutes,
  ...describedPageRoutes,
  ...describedDeskRoutes,
  ...describedNoticeRoutes,
  ...describedDocumentRoutes,
  ...describedDocsRoutes,
} satisfies DescribedRoutes;

/** A route as `METHOD path`, as in `lib/routes.ts`. */
export type RouteName = keyof typeof tables;

/** All routes, with the schemas that handlers read with. */
export const described: Readonly<Record<RouteName, DescribedRoute>> = tables;
