// The screens of what runs. They are loaded together, when the first of them is opened.

export { Assignments } from './assignments.tsx';
export { Audit } from './audit.tsx';
export { Deliveries } from './deliveries.tsx';
export { Health } from './health.tsx';
export { Webhook } from './webhook.tsx';
