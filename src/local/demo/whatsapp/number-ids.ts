/** The ids of the demo number, and of the business account that it belongs to. */
export const NUMBER = { phoneNumberId: '700000000000001', wabaId: '700000000000002', phone: '79005550100' } as const;
