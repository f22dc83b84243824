/** The running of the settings, in Russian. */
export const running = {
  'deliveries.title': 'Доставка',
  'assignments.title': 'Распределение',
  'audit.title': 'Журнал действий',
  'webhook.title': 'Вебхук',
  'health.title': 'Состояние',
};
