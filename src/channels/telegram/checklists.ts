import type { Checklist, ChecklistTask, ChecklistTasksAdded, ChecklistTasksDone, Message } from '@grammyjs/types';
import { fieldsOf, lines, listOf, wholeOf } from '#channels/fields';
import type { NoFields } from '#no-fields';
import { withEntities } from './entities.ts';
import { nameOf } from './people.ts';

/** A checklist: its title and its tasks, with who did what is done. */
export function checklistText(value: unknown): string {
  const {
    title,
    title_entities,
    tasks,
    others_can_add_tasks: _canAdd,
    others_can_mark_tasks_as_done: _canMark,
    ...rest
  } = fieldsOf<Checklist>(value);
  rest satisfies NoFields;
  return lines(
    withEntities(title, title_entities),
    listOf(tasks).map((task) => taskText(task)),
  );
}

/** A notice of new tasks: the title of their checklist, and the tasks. */
export function addedTasksText(value: unknown): string {
  const { checklist_message, tasks, ...rest } = fieldsOf<ChecklistTasksAdded>(value);
  rest satisfies NoFields;
  return lines(
    titleIn(checklist_message),
    listOf(tasks).map((task) => taskText(task)),
  );
}

/** A notice of tasks that were done, or are to do again. If the checklist is not there, only their ids are known. */
export function doneTasksText(value: unknown): string {
  const { checklist_message, marked_as_done_task_ids, marked_as_not_done_task_ids, ...rest } =
    fieldsOf<ChecklistTasksDone>(value);
  rest satisfies NoFields;
  const tasks = tasksIn(checklist_message);
  // Each task once: a long one that is named thousands of times would fill the memory.
  const told = (ids: unknown, isDone: boolean) =>
    [...new Set(listOf(ids))].map((id) => taskText(tasks.get(id) ?? { text: String(wholeOf(id) ?? '') }, isDone));
  return lines(
    titleIn(checklist_message),
    told(marked_as_done_task_ids, true),
    told(marked_as_not_done_task_ids, false),
  );
}

/** The task of a message's checklist with that id. */
export function taskIn(message: unknown, id: unknown): string {
  const task = tasksIn(message).get(id);
  return task === undefined ? '' : taskText(task);
}

function titleIn(message: unknown): string {
  const { title, title_entities } = fieldsOf<Checklist>(fieldsOf<Message>(message).checklist);
  return withEntities(title, title_entities);
}

function tasksIn(message: unknown): ReadonlyMap<unknown, unknown> {
  const { tasks } = fieldsOf<Checklist>(fieldsOf<Message>(message).checklist);
  return new Map(listOf(tasks).map((task) => [fieldsOf<ChecklistTask>(task).id, task]));
}

function taskText(value: unknown, marked?: boolean): string {
  const {
    text,
    text_entities,
    completed_by_user,
    completed_by_chat,
    completion_date,
    id: _id,
    ...rest
  } = fieldsOf<ChecklistTask>(value);
  rest satisfies NoFields;
  const said = withEntities(text, text_entities);
  if (said === '') return '';
  const who = nameOf(completed_by_user) || nameOf(completed_by_chat);
  const isDone = marked ?? (who !== '' || (wholeOf(completion_date) ?? 0) > 0);
  return `${isDone ? '☑' : '☐'} ${said}${isDone && who ? ` – ${who}` : ''}`;
}
