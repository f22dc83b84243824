/** The running of the settings, in English. */
export const running = {
  'deliveries.title': 'Deliveries',
  'assignments.title': 'Assignments',
  'audit.title': 'Audit',
  'webhook.title': 'Webhook',
  'health.title': 'Health',
};
