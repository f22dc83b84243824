import { type Asker, type AuthenticateDeps, actorOf, authenticate } from '#api/authenticate';
import { type Member, newSchedule, newStatus, presentMember } from '#api/team-routes';
import type { Bells } from '#bells';
import type { Clock } from '#clock';
import { FARTHEST_MS } from '#domain/calendar';
import type { Speaker, Team } from '#domain/team';
import type { Returnable } from '#flows/due/returnable';
import type { ChangeTeam } from '#flows/team/change-team';
import { invalidRequest, notFound, RequestError } from '#http/errors';
import { readBody, readBodyWithNull } from '#http/read-body';
import { createRoute, type HttpHandler, type HttpRequest, type HttpResponse } from '#http/route';
import type { Log } from '#log';
import type { Settings } from '#store/accounts/channel-settings';
import type { Channels } from '#store/accounts/channels';
import type { Teams } from '#store/accounts/teams';
import type { User, Users } from '#store/directory/users';
import { giveBackTaskName } from '#store/outbox/give-back-task';
import { shiftTaskName } from '#store/outbox/shift-task';
import type { Tasks } from '#store/outbox/tasks';
import { membersOf, type Roles, speakerOf } from './members.ts';

export interface ManageTeamDeps extends AuthenticateDeps {
  readonly users: Pick<Users, 'get' | 'list'>;
  readonly channels: Pick<Channels, 'listOf'>;
  readonly settings: Pick<Settings, 'settingsOf'>;
  readonly teams: Pick<Teams, 'read'>;
  readonly changeTeam: Pick<ChangeTeam, 'say' | 'giveSchedule'>;
  readonly returnable: Returnable;
  readonly tasks: Pick<Tasks, 'put'>;
  readonly bells: Bells<'tasks' | 'waits'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** Who of a team is on, and by which hours. */
export function createHandler(deps: ManageTeamDeps): HttpHandler {
  const actions: Record<string, (request: HttpRequest, asker: Asker) => Promise<HttpResponse>> = {
    'GET /v1/users': (_request, asker) => list(deps, asker),
    'PUT /v1/users/{userId}/status': (request, asker) => say(deps, request, asker),
    'PUT /v1/users/{userId}/schedule': (request, asker) => giveSchedule(deps, request, asker),
  };
  return createRoute(async (request) => {
    const act = actions[`${request.method} ${request.route}`];
    if (!act) throw notFound();
    return act(request, await authenticate(request, deps));
  }, deps);
}

async function list(deps: ManageTeamDeps, asker: Asker): Promise<HttpResponse> {
  const { account } = asker;
  const [users, roles, { team }] = await Promise.all([
    deps.users.list(account),
    rolesOf(deps, account),
    deps.teams.read(account),
  ]);
  const members = membersOf(asker, users, roles, team, deps.clock.now());
  const told = await Promise.all(members.map((member) => withReturnable(deps, asker, member)));
  return { status: 200, body: { users: told.map(presentMember) } };
}

/** Who is away may give clients back, and is told how many would go. Others look at many users, and at no one's clients. */
async function withReturnable({ returnable }: ManageTeamDeps, asker: Asker, member: Member): Promise<Member> {
  if (asker.userId !== member.userId || member.status.status !== 'away') return member;
  return { ...member, returnable: await returnable(asker.account, member.userId) };
}

async function say(deps: ManageTeamDeps, request: HttpRequest, asker: Asker): Promise<HttpResponse> {
  const { user, roles, by } = await namedBy(deps, request, asker);
  const { status, until, reason, return: givesBack } = readBody(newStatus, request.body, invalidRequest);
  const now = deps.clock.now();
  if (until !== undefined && (until <= now || until > now + FARTHEST_MS)) throw invalidRequest(['until']);
  if (givesBack && status !== 'away') throw invalidRequest(['return']);
  const word = { status, by, ...(until !== undefined && { until }), ...(reason !== undefined && { reason }) };
  const team = await deps.changeTeam.say(asker.account, user.id, word, actorOf(asker));
  if (givesBack) await giveBack(deps, asker.account, user.id);
  await deps.bells.ring('tasks', shiftTaskName(asker.account));
  const member = memberNow(deps, asker, user, roles, team);
  // What is given back goes in a moment, so nothing is left to give.
  return answer(givesBack ? member : await withReturnable(deps, asker, member));
}

/** The clients go to others by a task of those who mind waits. */
async function giveBack({ tasks, bells }: ManageTeamDeps, account: string, userId: string): Promise<void> {
  await tasks.put({ kind: 'give-back', account, userId });
  await bells.ring('waits', giveBackTaskName(account, userId));
}

async function giveSchedule(deps: ManageTeamDeps, request: HttpRequest, asker: Asker): Promise<HttpResponse> {
  const { user, roles, by } = await namedBy(deps, request, asker);
  if (by === 'user') throw new RequestError(403, 'FORBIDDEN', 'A head or the CRM gives a schedule, not the user');
  const { schedule } = readBodyWithNull(newSchedule, request.body, ['schedule'], invalidRequest);
  const team = await deps.changeTeam.giveSchedule(asker.account, user.id, schedule, actorOf(asker));
  if (!team) throw invalidRequest(['schedule'], 'There is no schedule of that name');
  await deps.bells.ring('tasks', shiftTaskName(asker.account));
  return answer(memberNow(deps, asker, user, roles, team));
}

/** The user that a request names, and as what the asker speaks of them. Throws a `RequestError` 404 or 403. */
async function namedBy(
  deps: ManageTeamDeps,
  { params }: HttpRequest,
  asker: Asker,
): Promise<{ user: User; roles: Roles; by: Speaker }> {
  const [user, roles] = await Promise.all([
    deps.users.get(asker.account, params.userId ?? ''),
    rolesOf(deps, asker.account),
  ]);
  const by = speakerOf(asker, params.userId ?? '', roles);
  if (!by)
    throw new RequestError(403, 'FORBIDDEN', 'The user, a head of one of their channels, or the CRM may do this');
  if (!user) throw new RequestError(404, 'USER_NOT_FOUND', 'There is no such user');
  return { user, roles, by };
}

/** The settings of the channels that are there. */
async function rolesOf({ channels, settings }: ManageTeamDeps, account: string): Promise<Roles> {
  const present = (await channels.listOf(account)).filter(({ deletedAt }) => deletedAt === undefined);
  return settings.settingsOf(present.map(({ channelId }) => channelId));
}

function memberNow({ clock }: ManageTeamDeps, asker: Asker, user: User, roles: Roles, team: Team): Member {
  const [member] = membersOf(asker, [user], roles, team, clock.now()) as [Member];
  return member;
}

function answer(member: Member): HttpResponse {
  return { status: 200, body: presentMember(member) };
}
