/** Where a person looks at the CRM. The stand-in of `npm start` is reached by the address of this page alone. */
export function portalAddress(host: string): string {
  return host === 'konvert-demo.amocrm.ru' ? '/demo-crm' : `https://${host}`;
}
