import { graphOf, reachedFrom, readSources } from '#test/structure/imports';

/**
 * Modules that several functions run, each with the grants that it needs wherever it runs. Their rare calls are played in
 * one of the functions, not in each.
 */
const FLOWS: readonly { readonly module: string; readonly needs: RegExp }[] = [
  {
    module: 'src/flows/sight/commit.ts',
    needs: /^\w+Item on (directory|addresses|chats|outbox|dispensers|assignments)$/,
  },
  {
    module: 'src/flows/fold.ts',
    needs: /^\w+Item on (messages|directory|addresses|chats|outbox|dispensers|assignments)$|^SendMessage on tasks$/,
  },
  {
    module: 'src/flows/receiving/store-received.ts',
    needs: /^\w+Item on (messages|outbox \(event#\*, all\))$|^UpdateItem on accounts \(channel#\*/,
  },
  {
    module: 'src/flows/crm/refresh-directory.ts',
    needs: /^\w+Item on dispensers$|^ConditionCheckItem on accounts$|^UpdateItem on accounts \(channel#\*/,
  },
  // At the begin of a shift it is counted who waits, as for the counter of the page.
  { module: 'src/flows/lists.ts', needs: /^Query on (accounts|chats\/channel-unanswered)$/ },
  // The addresses of a contact that Konvert keeps, of which mostly there is one.
  { module: 'src/flows/due/read-wait.ts', needs: /^BatchGetItem on addresses$/ },
  // Whoever moves a client tells the connected CRM.
  { module: 'src/flows/sight/moving.ts', needs: /^SendMessage on crm$/ },
  { module: 'src/flows/take-file.ts', needs: /^GetItem on files$|^GetObject on (in|out|up)\/$/ },
  { module: 'src/flows/erased/still-told.ts', needs: /^SendMessage on erasures$/ },
  { module: 'src/flows/send-again/send-again.ts', needs: /^UpdateItem on messages$/ },
  { module: 'src/store/accounts/checks.ts', needs: /^\w+Item on accounts \(checks/ },
  { module: 'src/flows/tell-lane.ts', needs: /^SendMessage on (lanes|slowLanes|events|slowEvents|crm|news)$/ },
  { module: 'src/flows/delivery/holding.ts', needs: /^SendMessage on (lanes|slowLanes|events|slowEvents|crm|news)$/ },
  // A process reads it once and remembers it, and all functions of a test are in one process.
  { module: 'src/store/accounts/installation.ts', needs: /^sign on secrets$/ },
  { module: 'src/flows/identity/roots.ts', needs: /^BatchGetItem on addresses$/ },
  {
    module: 'src/flows/crm/sessions.ts',
    needs:
      /^(openCrm|openCrmTokens|sealCrmTokens) on secrets$|^UpdateItem on accounts \(crm#\*|^UpdateItem on accounts \(account#\*, (connectionId|problems|blockedUntil|blockedBecause)\)$/,
  },
];

const graph = graphOf(readSources('src', 'functions'), (path) => path);

/** Whether the function runs that module. */
function runs(name: string, module: string): boolean {
  return reachedFrom(graph, `functions/${name}/deps.ts`).has(module);
}

/** The function in which a call needs the same grant, for a module that this one runs too. Undefined if there is none. */
export function shownBy(
  name: string,
  part: string,
  needed: ReadonlyMap<string, readonly string[]>,
): string | undefined {
  const flows = FLOWS.filter(({ module, needs }) => needs.test(part) && runs(name, module));
  return needed.get(part)?.find((other) => flows.some(({ module }) => runs(other, module)));
}
