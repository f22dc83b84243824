/** The path of the stand-in CRM: its page, and its API below it. */
export const CRM_PATH = '/demo-crm';

/** The path of the messenger of the company that the stand-in CRM is connected to. */
export const CRM_BOT_PATH = '/demo-messenger/crm';

/** The name by which Konvert knows the stand-in. Calls of it never leave this machine. */
export const CRM_HOST = 'konvert-demo.amocrm.ru';

/** How the stand-in's tokens begin. Calls with one never leave this machine either: amoCRM's front door is asked where a refused token belongs. */
export const CRM_TOKEN = 'konvert-demo-crm-';
