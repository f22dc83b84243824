import {
  type AmoContact,
  type AmoLead,
  type AmoState,
  type AmoUnsorted,
  EMAIL,
  LOST,
  PHONE,
  WON,
} from './amo-state.ts';

// How amoCRM shows what it holds: https://www.amocrm.ru/developers/content/crm_platform/api-reference

/** A contact. */
export function shownContact(state: AmoState, contact: AmoContact) {
  const leads = state.leads.filter(({ contacts }) => contacts.includes(contact.id)).map(({ id }) => ({ id }));
  return { ...shownEntity(state, contact, 'contacts'), _embedded: { leads, tags: [], companies: [] } };
}

/** A deal. */
export function shownLead(state: AmoState, lead: AmoLead) {
  const { pipelineId, statusId, contacts, closedAt } = lead;
  return {
    ...shownEntity(state, lead, 'leads'),
    price: 0,
    pipeline_id: pipelineId,
    status_id: statusId,
    closed_at: closedAt ?? null,
    _embedded: { tags: [], companies: [], contacts: contacts.map((id, index) => ({ id, is_main: index === 0 })) },
  };
}

function shownEntity(state: AmoState, entity: AmoContact | AmoLead, type: 'contacts' | 'leads') {
  const { id, name, responsibleUserId, createdAt, updatedAt, fields } = entity;
  const own = state.fields[type];
  return {
    id,
    name,
    responsible_user_id: responsibleUserId,
    created_by: 0,
    created_at: createdAt,
    updated_at: updatedAt,
    is_deleted: false,
    account_id: state.account.id,
    custom_fields_values:
      fields.length === 0
        ? null
        : fields.map(({ field_id, field_code, values }) => ({
            field_id,
            field_name: own.find((field) => field.id === field_id)?.name ?? field_code ?? '',
            field_code: field_code ?? null,
            field_type: field_id === PHONE || field_id === EMAIL ? 'multitext' : 'text',
            values,
          })),
  };
}

/** A user. */
export function shownUser({ id, name, isAdmin, isActive }: AmoState['users'][number]) {
  const rights = { is_admin: isAdmin, is_free: false, is_active: isActive, group_id: null, role_id: null };
  return { id, name, email: `${name.toLowerCase()}@demo.test`, lang: 'en', rights };
}

/** The account, as its first user sees it. */
export function shownAccount({ account, users }: AmoState) {
  return {
    ...account,
    current_user_id: users[0]?.id ?? 0,
    country: 'RU',
    currency: 'RUB',
    is_unsorted_on: true,
    is_api_filter_enabled: false,
  };
}

/** A pipeline with its stages. */
export function shownPipeline({ id, name, isMain, stages }: AmoState['pipelines'][number], accountId: number) {
  const statuses = stages.map((stage) => ({
    ...stage,
    is_editable: stage.type === 0 && stage.id !== WON && stage.id !== LOST,
    pipeline_id: id,
    color: '#c1c1c1',
    account_id: accountId,
  }));
  const about = { is_main: isMain, is_unsorted_on: true, is_archive: false, account_id: accountId };
  return { id, name, sort: 1, ...about, _embedded: { statuses } };
}

/** The fields of contacts or deals: those that every account has, and its own. */
export function shownFields({ fields, account }: AmoState, type: 'contacts' | 'leads') {
  const common =
    type === 'leads'
      ? []
      : [
          { id: PHONE, name: 'Phone', type: 'multitext', code: 'PHONE' },
          { id: EMAIL, name: 'Email', type: 'multitext', code: 'EMAIL' },
        ];
  return [...common, ...fields[type]].map((field) => ({
    ...field,
    code: field.code ?? null,
    account_id: account.id,
    entity_type: type,
    is_api_only: false,
  }));
}

/** An enquiry in the inbox. */
export function shownUnsorted({ account }: AmoState, item: AmoUnsorted) {
  const { uid, sourceUid, sourceName, pipelineId, leadId, contactId, createdAt } = item;
  return {
    uid,
    source_uid: sourceUid,
    source_name: sourceName,
    category: 'forms',
    pipeline_id: pipelineId,
    created_at: createdAt,
    account_id: account.id,
    metadata: { form_id: sourceUid, form_name: sourceName },
    _embedded: { leads: [{ id: leadId }], contacts: [{ id: contactId }], companies: [] },
  };
}
