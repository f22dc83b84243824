import { type Given, needed, VkError, type VkServer, type VkWorld, wrong } from './world.ts';

/** Answers the calls about servers that the community calls. */
export function createServers(world: VkWorld) {
  const { servers, groupId } = world;

  function checkGroup(given: Given): void {
    if (Number(needed(given, 'group_id')) !== groupId) throw new VkError(15, 'Access denied: no access to the group');
  }

  function find(given: Given): VkServer {
    checkGroup(given);
    return servers.find(({ id }) => id === Number(given.server_id)) ?? wrong('server_id is invalid');
  }

  async function put(given: Given, server: Pick<VkServer, 'id' | 'settings'>): Promise<VkServer> {
    const { url, title, secret_key = '' } = given;
    if (url === undefined || !URL.canParse(url)) return wrong('url is invalid');
    if (title === undefined || title.length > 14) return wrong('title should be less or equal 14 letters');
    if (secret_key.length > 50) return wrong('secret_key should be less or equal 50 letters');
    const status = (await isConfirmed(url, secret_key)) ? 'ok' : 'failed';
    return { ...server, url, title, secret_key, status };
  }

  /** VK asks a new address for the code, and compares it byte for byte. */
  async function isConfirmed(url: string, secret: string): Promise<boolean> {
    const asked = { type: 'confirmation', group_id: groupId, event_id: 'c0', v: '5.199', ...(secret && { secret }) };
    const answer = await world.fetch(url, { method: 'POST', body: JSON.stringify(asked) }).catch(() => undefined);
    if (answer?.status !== 200) return false;
    return Buffer.from(await answer.arrayBuffer()).equals(Buffer.from(world.confirmation.code));
  }

  return {
    code(given: Given) {
      checkGroup(given);
      return { code: world.confirmation.code };
    },

    list(given: Given) {
      checkGroup(given);
      return { count: servers.length, items: servers.map(({ settings: _, ...rest }) => ({ ...rest, creator_id: 1 })) };
    },

    async add(given: Given) {
      checkGroup(given);
      if (servers.length >= 10) throw new VkError(2000, 'Servers number limit is reached');
      const server = await put(given, { id: world.nextId(), settings: {} });
      servers.push(server);
      return { server_id: server.id };
    },

    async edit(given: Given) {
      const server = find(given);
      Object.assign(server, await put(given, server));
      return 1;
    },

    remove(given: Given) {
      servers.splice(servers.indexOf(find(given)), 1);
      return 1;
    },

    set(given: Given) {
      const server = find(given);
      server.settings = { ...server.settings, ...given };
      return 1;
    },

    settings(given: Given) {
      const { settings } = find(given);
      return { api_version: settings.api_version, events: settings };
    },
  };
}
