/** What runs in the page of the stand-in CRM. It is plain, because it is no part of Konvert. */
export const CRM_SCRIPT = `const main = document.querySelector('main');
const root = main.dataset.root;
const say = JSON.parse(main.dataset.words);
const part = (id) => document.getElementById(id);
const make = (name, text = '', attributes = {}) => {
  const made = Object.assign(document.createElement(name), attributes);
  if (text) made.textContent = text;
  return made;
};
let shown = '';

async function ask(path, body) {
  const sent = body && { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const answer = await fetch(root + path, sent);
  const told = await answer.json();
  if (!answer.ok) throw new Error(told.description);
  return told;
}

async function look() {
  const state = await ask('/state');
  const text = JSON.stringify(state);
  // While a person chooses somebody, nothing moves.
  if (text === shown || document.activeElement?.matches('li select')) return;
  shown = text;
  part('start').hidden = state.isConnected;
  for (const id of ['play', 'deals', 'contacts']) part(id).hidden = !state.isConnected;
  const nameOf = (id) => state.contacts.find((contact) => contact.id === id)?.name ?? '';
  draw('deals', state.deals.map((deal) => row(state, 'deal', deal, [deal.pipeline, ...deal.contacts.map(nameOf)])));
  draw('contacts', state.contacts.map((contact) => row(state, 'contact', contact, contact.addresses)));
  if (part('client').childElementCount === 0) part('client').append(...state.clients.map(({ id, name }) => make('option', name, { value: id })));
  if (part('people').childElementCount === 0) {
    for (const { id, name } of state.users) {
      const button = make('button', name, { type: 'button', className: 'link' });
      button.dataset.person = id;
      part('people').append(button, ' ');
    }
  }
  if (location.hash) document.querySelector(location.hash)?.scrollIntoView({ block: 'nearest' });
}

function draw(id, rows) {
  part(id).querySelector('.none').hidden = rows.length > 0;
  part(id).querySelector('ul').replaceChildren(...rows);
}

function chosen(label, name, options, value, change) {
  const select = make('select', '', { ariaLabel: label + ': ' + name });
  select.append(...options.map((one) => make('option', one.name, { value: one.id })));
  select.value = value;
  select.addEventListener('change', () => {
    select.blur();
    tell(ask('/change', change(select.value)), say.changed);
  });
  const around = make('label', label + ' ');
  around.append(select);
  return around;
}

function row(state, type, { id, name, responsibleUserId, stageId, stages, notes }, facts) {
  const line = make('li', '', { id: type + '-' + id });
  const words = make('div');
  words.append(make('b', name), make('small', facts.filter(Boolean).join(' · ')));
  const full = name + ', ' + say[type] + ' ' + id;
  const who = make('div', '', { className: 'who' });
  if (stages) who.append(chosen(say.stage, full, stages, stageId, (stage) => ({ type, id, stageId: stage })));
  who.append(chosen(say.responsible, full, state.users, responsibleUserId, (userId) => ({ type, id, userId })));
  line.append(words, who);
  if (notes.length > 0) {
    const list = make('ol', '', { ariaLabel: say.timeline + ': ' + name });
    list.append(...notes.map((note) => make('li', note)));
    line.append(list);
  }
  return line;
}

async function tell(doing, done) {
  part('told').textContent = '';
  try {
    await doing;
    part('told').textContent = done;
  } catch (error) {
    part('told').textContent = error.message;
  }
  await look();
}

part('connect').addEventListener('click', async () => {
  part('connect').disabled = true;
  part('connecting').textContent = say.connecting;
  try {
    await ask('/connect', {});
    part('connecting').textContent = '';
  } catch (error) {
    part('connecting').textContent = error.message;
  }
  part('connect').disabled = false;
  await look();
});
part('write').addEventListener('submit', (event) => {
  event.preventDefault();
  tell(ask('/write', { client: part('client').value, text: part('text').value }), say.sent);
});
part('play').addEventListener('click', async ({ target }) => {
  const { person } = target.dataset;
  if (person === undefined) return;
  // Opened at once, so that no browser takes it for a window that nobody asked for.
  const opened = open('about:blank');
  const { url } = await ask('/link', { person });
  opened.location = url;
});
setInterval(() => document.hidden || look().catch(() => {}), 1000);
look();
`;
