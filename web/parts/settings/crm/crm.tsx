import { later } from '../../../kit/later.tsx';
import { NotLoaded } from '../kit/not-loaded.tsx';

/** The CRM. Connecting one is much, and done once, so it is loaded when it is looked at. */
export const Crm = later(async () => (await import('./crm-screens.tsx')).CrmScreens, NotLoaded);
