import { describe, expect, test } from 'vitest';
import { type AmoCall, answerAmo, changeEntity } from '#local/demo/crm/amo';
import { newAmoState } from '#local/demo/crm/amo-state';

// The books of the stand-in CRM, by the examples of amoCRM's reference:
// https://www.amocrm.ru/developers/content/crm_platform/api-reference

const HOOKS = 'https://konvert.test/hooks';

/** An account of its own, with a hook for everything that Konvert asks for. */
function openBooks() {
  const state = newAmoState('demo');
  let uids = 0;
  const call = (method: string, target: string, sent?: unknown) => {
    const { pathname, searchParams } = new URL(target, 'https://demo.test');
    const about: AmoCall = {
      method,
      path: pathname,
      query: searchParams,
      sent,
      now: 1_767_000_000,
      newUid: () => `uid-${++uids}`,
    };
    return answerAmo(state, about);
  };
  const settings = ['responsible_lead', 'update_lead', 'add_lead', 'add_contact', 'update_contact', 'delete_unsorted'];
  call('POST', '/webhooks', { destination: HOOKS, settings });
  return { state, call };
}

const PERSON = {
  first_name: 'Ivan',
  custom_fields_values: [{ field_code: 'PHONE', values: [{ value: '+79991234567', enum_code: 'MOB' }] }],
};
const COMPLEX = [
  { name: 'WhatsApp: Ivan', responsible_user_id: 9002, request_id: 'm-42', _embedded: { contacts: [PERSON] } },
];

function bodyOf<T>({ answer }: ReturnType<typeof answerAmo>): T {
  return answer.body as T;
}

describe('the books of the stand-in CRM', () => {
  test('hold a contact and a deal that were made in one call, and find them', () => {
    const { call } = openBooks();

    const made = call('POST', '/leads/complex', COMPLEX);

    const [{ id, contact_id: contactId } = { id: 0, contact_id: 0 }] =
      bodyOf<{ id: number; contact_id: number }[]>(made);
    expect(made.hooks.map(({ destination }) => destination)).toEqual([HOOKS, HOOKS]);
    expect(bodyOf(call('GET', `/leads/${id}?with=contacts`))).toMatchObject({
      id,
      responsible_user_id: 9002,
      pipeline_id: 620_011,
      status_id: 7_400_102,
      _embedded: { contacts: [{ id: contactId, is_main: true }] },
    });
    const found = bodyOf<{ _embedded: unknown }>(call('GET', '/contacts?query=9991234567&with=leads'));
    expect(found._embedded).toMatchObject({ contacts: [{ id: contactId, _embedded: { leads: [{ id }] } }] });
    expect(call('GET', '/contacts?query=000').answer).toEqual({ status: 204 });
  });

  test('tell of a new responsible user as amoCRM does, and change nothing else', () => {
    const { state, call } = openBooks();
    call('POST', '/leads/complex', COMPLEX);
    const [lead] = state.leads;
    const before = { ...lead };
    const bodies: string[] = [];

    changeEntity(state, 'leads', lead!, { responsible_user_id: 9003 }, 1_767_000_100, (rung) =>
      bodies.push(...rung.map(({ body }) => decodeURIComponent(body))),
    );

    expect(lead).toEqual({ ...before, responsibleUserId: 9003, updatedAt: 1_767_000_100 });
    expect(bodies.at(-1)).toContain(`leads[responsible][0][id]=${lead!.id}`);
    expect(bodies.at(-1)).toContain('leads[responsible][0][responsible_user_id]=9003');
    expect(bodies.at(-1)).toContain('leads[responsible][0][old_responsible_user_id]=9002');
    expect(bodies.at(-1)).toContain('account[id]=31000001');
  });

  test.each([
    { name: 'a user who is not there', sent: { responsible_user_id: 1 }, path: 'responsible_user_id' },
    { name: 'a stage that is not there', sent: { status_id: 1 }, path: 'status_id' },
    { name: 'the stage of enquiries', sent: { status_id: 7_400_101 }, path: 'status_id' },
  ])('refuse $name, and hold nothing of it', ({ sent, path }) => {
    const { state, call } = openBooks();

    const { answer, hooks } = call('POST', '/leads', [{ name: 'A deal', ...sent }]);

    expect(answer).toMatchObject({
      status: 400,
      body: { 'validation-errors': [{ errors: [{ code: 'NotSupportedChoice', path }] }] },
    });
    expect([state.leads, hooks]).toEqual([[], []]);
    expect(call('POST', '/leads/complex', [{ ...COMPLEX[0], ...sent }]).answer.status).toBe(400);
    expect([state.leads, state.contacts]).toEqual([[], []]);
  });

  test('give an enquiry to who accepts it first', () => {
    const { state, call } = openBooks();
    const sent = [{ source_name: 'Bot', source_uid: 'c:1', _embedded: { leads: [{ name: 'x' }], contacts: [PERSON] } }];
    call('POST', '/leads/unsorted/forms', sent);
    expect(call('GET', '/contacts').answer.status).toBe(204);

    const accepted = call('POST', '/leads/unsorted/uid-1/accept', { user_id: 9003 });
    const late = call('POST', '/leads/unsorted/uid-1/accept', { user_id: 9002 });

    expect([accepted.answer.status, late.answer.status]).toEqual([200, 404]);
    expect(state.leads).toMatchObject([{ responsibleUserId: 9003, statusId: 7_400_102 }]);
    expect(decodeURIComponent(accepted.hooks[0]?.body ?? '')).toContain('unsorted[delete][0][action]=accept');
  });

  test('list in pages', () => {
    const { call } = openBooks();
    call('POST', '/contacts', [{ name: 'A' }, { name: 'B' }, { name: 'C' }]);

    const first = bodyOf<{ _links: { next?: { href: string } } }>(call('GET', '/contacts?limit=2'));

    expect(first._links.next?.href).toContain('page=2');
    expect(bodyOf<{ _links: unknown }>(call('GET', '/contacts?limit=2&page=2'))._links).toEqual({});
    expect(call('GET', '/contacts?limit=251').answer.status).toBe(422);
  });
});
