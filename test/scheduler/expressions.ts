import { DynamoDBServiceException } from '@aws-sdk/client-dynamodb';

/** An item, or a map within one, as the document client gives it. */
export type Item = Record<string, unknown>;

/** The names and values that a command brings for its expressions. */
export interface Scope {
  readonly names: Record<string, string>;
  readonly values: Item;
}

type Step = { readonly name: string } | { readonly ref: string } | { readonly index: number };
type Path = readonly Step[];

/** A path with its `#names` replaced: attribute names and list indexes. */
export type Place = readonly (string | number)[];

type Operand =
  | { readonly kind: 'path'; readonly path: Path }
  | { readonly kind: 'value'; readonly ref: string }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Operand[] }
  | { readonly kind: 'sum'; readonly sign: 1 | -1; readonly left: Operand; readonly right: Operand };

/** A parsed condition, filter or key condition. */
export type Condition =
  | { readonly kind: 'and' | 'or'; readonly left: Condition; readonly right: Condition }
  | { readonly kind: 'not'; readonly inner: Condition }
  | { readonly kind: 'compare'; readonly op: string; readonly left: Operand; readonly right: Operand }
  | { readonly kind: 'between'; readonly of: Operand; readonly low: Operand; readonly high: Operand }
  | { readonly kind: 'in'; readonly of: Operand; readonly list: readonly Operand[] }
  | { readonly kind: 'test'; readonly name: string; readonly args: readonly Operand[] };

interface Action {
  readonly section: 'SET' | 'REMOVE' | 'ADD' | 'DELETE';
  readonly path: Path;
  readonly operand?: Operand;
}

/** An expression, and the `#names` and `:values` that it uses. */
export interface Parsed<Tree> {
  readonly tree: Tree;
  readonly names: ReadonlySet<string>;
  readonly values: ReadonlySet<string>;
}

/** The bounds that a key condition sets: one partition, and what its sort keys must satisfy. */
export interface KeyBounds {
  readonly partition: { readonly name: string; readonly value: unknown };
  readonly sort?: { readonly name: string; readonly op: string; readonly values: readonly unknown[] };
}

/** The error that DynamoDB answers to a command it cannot understand or carry out. */
export function validation(message: string): DynamoDBServiceException {
  return new DynamoDBServiceException({ name: 'ValidationException', $fault: 'client', $metadata: {}, message });
}

const TOKEN = /\s*(?:([A-Za-z][A-Za-z0-9_]*|#[A-Za-z0-9_]+|:[A-Za-z0-9_]+|\d+|<>|<=|>=|[=<>(),.+\-[\]])|$)/y;

function tokenize(text: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const found = TOKEN.exec(text);
    if (found === null) throw validation(`Invalid expression: Syntax error; near: "${text.slice(at, at + 20)}"`);
    if (found[1] !== undefined) tokens.push(found[1]);
  }
  if (tokens.length === 0) throw validation('Invalid expression: The expression can not be empty;');
  return tokens;
}

const COMPARATORS = new Set(['=', '<>', '<', '<=', '>', '>=']);
const TESTS: Record<string, number> = {
  attribute_exists: 1,
  attribute_not_exists: 1,
  attribute_type: 2,
  begins_with: 2,
  contains: 2,
};
const SECTIONS = new Set(['SET', 'REMOVE', 'ADD', 'DELETE']);

class Parser {
  readonly names = new Set<string>();
  readonly values = new Set<string>();
  readonly #tokens: string[];
  #at = 0;
  #closed = -1;

  constructor(text: string) {
    this.#tokens = tokenize(text);
  }

  done(): boolean {
    return this.#at >= this.#tokens.length;
  }

  end(): void {
    if (!this.done()) this.#fail();
  }

  #fail(): never {
    throw validation(`Invalid expression: Syntax error; token: "${this.#tokens[this.#at] ?? '<EOF>'}"`);
  }

  #peek(word: string): boolean {
    return this.#tokens[this.#at]?.toUpperCase() === word;
  }

  #take(word: string): boolean {
    if (!this.#peek(word)) return false;
    this.#at += 1;
    return true;
  }

  #expect(word: string): void {
    if (!this.#take(word)) this.#fail();
  }

  #next(): string {
    const token = this.#tokens[this.#at];
    if (token === undefined) this.#fail();
    this.#at += 1;
    return token;
  }

  #list<T>(one: () => T): T[] {
    const all = [one()];
    while (this.#take(',')) all.push(one());
    return all;
  }

  #name(): Step {
    const token = this.#next();
    if (token.startsWith('#')) {
      this.names.add(token);
      return { ref: token };
    }
    if (!/^[A-Za-z]/.test(token)) {
      this.#at -= 1;
      this.#fail();
    }
    return { name: token };
  }

  path(): Path {
    const steps: Step[] = [this.#name()];
    for (;;) {
      if (this.#take('.')) steps.push(this.#name());
      else if (this.#take('[')) {
        const index = this.#next();
        if (!/^\d+$/.test(index)) this.#fail();
        steps.push({ index: Number(index) });
        this.#expect(']');
      } else return steps;
    }
  }

  paths(): Path[] {
    return this.#list(() => this.path());
  }

  operand(): Operand {
    const token = this.#tokens[this.#at];
    if (token?.startsWith(':')) {
      this.#at += 1;
      this.values.add(token);
      return { kind: 'value', ref: token };
    }
    if (this.#tokens[this.#at + 1] === '(' && token !== undefined && /^[A-Za-z]/.test(token)) {
      this.#at += 2;
      const args = this.#list(() => this.operand());
      this.#expect(')');
      return { kind: 'call', name: token, args };
    }
    return { kind: 'path', path: this.path() };
  }

  condition(): Condition {
    let left = this.#and();
    while (this.#take('OR')) left = { kind: 'or', left, right: this.#and() };
    return left;
  }

  #and(): Condition {
    let left = this.#not();
    while (this.#take('AND')) left = { kind: 'and', left, right: this.#not() };
    return left;
  }

  #not(): Condition {
    return this.#take('NOT') ? { kind: 'not', inner: this.#not() } : this.#primary();
  }

  #primary(): Condition {
    return this.#peek('(') ? this.#parentheses() : this.#predicate();
  }

  #parentheses(): Condition {
    this.#expect('(');
    const doubled = this.#peek('(');
    const inner = this.condition();
    this.#expect(')');
    if (doubled && this.#closed === this.#at - 2) throw validation('The expression has redundant parentheses;');
    this.#closed = this.#at - 1;
    return inner;
  }

  #predicate(): Condition {
    const of = this.operand();
    if (of.kind === 'call' && Object.hasOwn(TESTS, of.name)) return toTest(of.name, of.args);
    checkSize(of);
    if (this.#take('BETWEEN')) {
      const low = this.operand();
      this.#expect('AND');
      return { kind: 'between', of, low: checkSize(low), high: checkSize(this.operand()) };
    }
    if (this.#take('IN')) {
      this.#expect('(');
      const list = this.#list(() => checkSize(this.operand()));
      this.#expect(')');
      return { kind: 'in', of, list };
    }
    const op = this.#tokens[this.#at];
    if (op === undefined || !COMPARATORS.has(op)) this.#fail();
    this.#at += 1;
    return { kind: 'compare', op, left: of, right: checkSize(this.operand()) };
  }

  update(): Action[] {
    const actions: Action[] = [];
    const seen = new Set<string>();
    while (!this.done()) {
      const section = this.#next().toUpperCase();
      if (!SECTIONS.has(section)) throw validation(`Invalid UpdateExpression: Syntax error; token: "${section}"`);
      if (seen.has(section)) throw validation(`The "${section}" section can only be used once in an update expression`);
      seen.add(section);
      actions.push(...this.#list(() => this.#action(section as Action['section'])));
    }
    return actions;
  }

  #action(section: Action['section']): Action {
    const path = this.path();
    if (section === 'REMOVE') return { section, path };
    if (section === 'SET') {
      this.#expect('=');
      return { section, path, operand: this.#sum() };
    }
    const operand = this.operand();
    if (operand.kind !== 'value') throw validation(`Invalid UpdateExpression: Syntax error; ${section} takes a value`);
    return { section, path, operand };
  }

  #sum(): Operand {
    const left = checkUpdateCall(this.operand(), true);
    const sign = this.#take('+') ? 1 : this.#take('-') ? -1 : 0;
    if (sign === 0) return left;
    return { kind: 'sum', sign, left, right: checkUpdateCall(this.operand(), true) };
  }
}

function toTest(name: string, args: readonly Operand[]): Condition {
  if (args.length !== TESTS[name]) throw validation(`Incorrect number of operands for operator or function: ${name}`);
  if (name.startsWith('attribute_') && args[0]?.kind !== 'path') {
    throw validation(`Operator or function requires a document path; operator or function: ${name}`);
  }
  if (name === 'attribute_type' && args[1]?.kind !== 'value')
    throw validation('Incorrect operand type: attribute_type');
  return { kind: 'test', name, args };
}

function checkSize(operand: Operand): Operand {
  if (operand.kind !== 'call') return operand;
  if (operand.name !== 'size') throw validation(`Invalid function name; function: ${operand.name}`);
  if (operand.args.length !== 1) throw validation('Incorrect number of operands for operator or function: size');
  return operand;
}

function checkUpdateCall(operand: Operand, outermost: boolean): Operand {
  if (operand.kind !== 'call') return operand;
  const { name, args } = operand;
  if (name !== 'if_not_exists' && name !== 'list_append') throw validation(`Invalid function name; function: ${name}`);
  if (args.length !== 2) throw validation(`Incorrect number of operands for operator or function: ${name}`);
  if (name === 'if_not_exists' && args[0]?.kind !== 'path') {
    throw validation('Operator or function requires a document path; operator or function: if_not_exists');
  }
  if (name === 'list_append' && !outermost) throw validation('The function is not allowed to be used this way');
  for (const arg of args) checkUpdateCall(arg, false);
  return operand;
}

function cached<Tree>(read: (parser: Parser) => Tree): (text: string) => Parsed<Tree> {
  const known = new Map<string, Parsed<Tree>>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const parser = new Parser(text);
    const tree = read(parser);
    parser.end();
    const parsed = { tree, names: parser.names, values: parser.values };
    known.set(text, parsed);
    return parsed;
  };
}

/** Reads a condition, a filter or a key condition. The same text is parsed once. */
export const parseCondition = cached((parser) => parser.condition());

/** Reads an update expression. The same text is parsed once. */
export const parseUpdate = cached((parser) => parser.update());

/** Reads a projection expression. The same text is parsed once. */
export const parseProjection = cached((parser) => parser.paths());

/** Throws unless the expressions of a command use every name and value it brings, and no other. */
export function checkUse(scope: Scope, expressions: readonly (Parsed<unknown> | undefined)[]): void {
  const used = expressions.filter((expression) => expression !== undefined);
  for (const kind of ['names', 'values'] as const) {
    const given = scope[kind];
    for (const { [kind]: refs } of used) {
      for (const ref of refs)
        if (!Object.hasOwn(given, ref)) throw validation(`An expression uses an undefined ${ref}`);
    }
    for (const ref of Object.keys(given)) {
      if (!used.some((expression) => expression[kind].has(ref))) {
        throw validation(`Value provided in ExpressionAttribute${kind} unused in expressions: keys: {${ref}}`);
      }
    }
  }
}

function toPlace(path: Path, scope: Scope): Place {
  return path.map((step) => ('name' in step ? step.name : 'ref' in step ? scope.names[step.ref]! : step.index));
}

/** Whether the value is a map. */
export function isMap(value: unknown): value is Item {
  return typeOf(value) === 'M';
}

/** The type of a value as DynamoDB names it. */
export function typeOf(value: unknown): string {
  if (value === undefined) return 'none';
  if (value === null) return 'NULL';
  if (typeof value === 'string') return 'S';
  if (typeof value === 'number') return 'N';
  if (typeof value === 'boolean') return 'BOOL';
  if (Array.isArray(value)) return 'L';
  if (value instanceof Set) return typeof value.values().next().value === 'number' ? 'NS' : 'SS';
  return 'M';
}

function child(value: unknown, step: string | number): unknown {
  if (typeof step === 'number') return Array.isArray(value) ? value[step] : undefined;
  return isMap(value) && Object.hasOwn(value, step) ? value[step] : undefined;
}

function at(item: Item, place: Place): unknown {
  return place.reduce<unknown>(child, item);
}

function adjusted(unit: number): number {
  return unit >= 0xe000 ? unit - 0x800 : unit >= 0xd800 ? unit + 0x2000 : unit;
}

/** Orders strings by their UTF-8 bytes, as sort keys are, and numbers by value. */
export function compare(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [left, right] = [String(a), String(b)];
  const shorter = Math.min(left.length, right.length);
  for (let i = 0; i < shorter; i += 1) {
    const difference = adjusted(left.charCodeAt(i)) - adjusted(right.charCodeAt(i));
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** Whether two values are the same to DynamoDB: sets without an order, maps by their entries. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  const type = typeOf(a);
  if (a === undefined || b === undefined || type !== typeOf(b)) return false;
  if (a instanceof Set && b instanceof Set) return a.size === b.size && [...a].every((one) => b.has(one));
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((one, i) => same(one, b[i]));
  if (!isMap(a) || !isMap(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => same(a[key], b[key]));
}

function sizeOf(value: unknown): number | undefined {
  if (typeof value === 'string' || Array.isArray(value)) return value.length;
  if (value instanceof Set) return value.size;
  return isMap(value) ? Object.keys(value).length : undefined;
}

function evaluate(operand: Operand, item: Item, scope: Scope): unknown {
  if (operand.kind === 'value') return scope.values[operand.ref];
  if (operand.kind === 'path') return at(item, toPlace(operand.path, scope));
  if (operand.kind === 'call') return sizeOf(evaluate(operand.args[0]!, item, scope));
  return undefined;
}

function checkOrdered(operand: Operand, scope: Scope): void {
  if (operand.kind !== 'value') return;
  const type = typeOf(scope.values[operand.ref]);
  if (type !== 'S' && type !== 'N') throw validation(`Incorrect operand type for operator; operand type: ${type}`);
}

function holdsOrder(op: string, a: unknown, b: unknown): boolean {
  const type = typeOf(a);
  if ((type !== 'S' && type !== 'N') || type !== typeOf(b)) return false;
  const order = compare(a, b);
  if (op === '<') return order < 0;
  if (op === '<=') return order <= 0;
  return op === '>' ? order > 0 : order >= 0;
}

function holdsComparison(condition: Condition & { kind: 'compare' }, item: Item, scope: Scope): boolean {
  const { op, left, right } = condition;
  const [a, b] = [evaluate(left, item, scope), evaluate(right, item, scope)];
  // A missing attribute equals nothing, so it differs from everything.
  if (op === '=' || op === '<>') return (op === '=') === (a !== undefined && same(a, b));
  return holdsOrder(op, a, b);
}

function checkBetween(low: Operand, high: Operand, scope: Scope): void {
  if (low.kind !== 'value' || high.kind !== 'value') return;
  const [from, to] = [scope.values[low.ref], scope.values[high.ref]];
  if (typeOf(from) !== typeOf(to)) throw validation('The BETWEEN operator requires same data type for its bounds');
  if (compare(from, to) > 0) throw validation('The BETWEEN operator requires upper bound to be >= lower bound');
}

function holdsTest(name: string, args: readonly Operand[], item: Item, scope: Scope): boolean {
  const value = evaluate(args[0]!, item, scope);
  if (name === 'attribute_exists') return value !== undefined;
  if (name === 'attribute_not_exists') return value === undefined;
  const operand = evaluate(args[1]!, item, scope);
  if (name === 'attribute_type') return value !== undefined && typeOf(value) === operand;
  if (name === 'begins_with')
    return typeof value === 'string' && typeof operand === 'string' && value.startsWith(operand);
  if (typeof value === 'string') return typeof operand === 'string' && value.includes(operand);
  if (value instanceof Set) return value.has(operand);
  return Array.isArray(value) && value.some((one) => same(one, operand));
}

const TYPES = new Set(['S', 'SS', 'N', 'NS', 'B', 'BS', 'BOOL', 'NULL', 'L', 'M']);

function checkTest(name: string, second: Operand | undefined, scope: Scope): void {
  if (second?.kind !== 'value') return;
  const value = scope.values[second.ref];
  if (name === 'begins_with' && typeof value !== 'string') throw validation('Incorrect operand type: begins_with');
  if (name === 'attribute_type' && !TYPES.has(String(value))) throw validation(`Invalid attribute type name: ${value}`);
}

/** Throws for values that are wrong for any item, which a lazy evaluation could hide. */
export function checkCondition(condition: Condition, scope: Scope): void {
  switch (condition.kind) {
    case 'and':
    case 'or':
      checkCondition(condition.left, scope);
      checkCondition(condition.right, scope);
      return;
    case 'not':
      checkCondition(condition.inner, scope);
      return;
    case 'compare':
      if (condition.op === '=' || condition.op === '<>') return;
      checkOrdered(condition.left, scope);
      checkOrdered(condition.right, scope);
      return;
    case 'between':
      for (const operand of [condition.of, condition.low, condition.high]) checkOrdered(operand, scope);
      checkBetween(condition.low, condition.high, scope);
      return;
    case 'test':
      checkTest(condition.name, condition.args[1], scope);
      return;
    case 'in':
      return;
  }
}

/** Whether an item satisfies a condition. A missing item is `{}`. */
export function holds(condition: Condition, item: Item, scope: Scope): boolean {
  switch (condition.kind) {
    case 'and':
      return holds(condition.left, item, scope) && holds(condition.right, item, scope);
    case 'or':
      return holds(condition.left, item, scope) || holds(condition.right, item, scope);
    case 'not':
      return !holds(condition.inner, item, scope);
    case 'compare':
      return holdsComparison(condition, item, scope);
    case 'between': {
      const value = evaluate(condition.of, item, scope);
      const [low, high] = [evaluate(condition.low, item, scope), evaluate(condition.high, item, scope)];
      return holdsOrder('>=', value, low) && holdsOrder('<=', value, high);
    }
    case 'in': {
      const value = evaluate(condition.of, item, scope);
      return value !== undefined && condition.list.some((one) => same(value, evaluate(one, item, scope)));
    }
    case 'test':
      return holdsTest(condition.name, condition.args, item, scope);
  }
}

function operandsOf(condition: Condition): readonly Operand[] {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return [...operandsOf(condition.left), ...operandsOf(condition.right)];
    case 'not':
      return operandsOf(condition.inner);
    case 'compare':
      return [condition.left, condition.right];
    case 'between':
      return [condition.of, condition.low, condition.high];
    case 'in':
      return [condition.of, ...condition.list];
    case 'test':
      return condition.args;
  }
}

/** The names of the attributes that a condition looks at. */
export function attributesOf(condition: Condition, scope: Scope): string[] {
  const all = operandsOf(condition).flatMap((operand) => (operand.kind === 'call' ? operand.args : [operand]));
  return all.flatMap((operand) => (operand.kind === 'path' ? [String(toPlace(operand.path, scope)[0])] : []));
}

function conjuncts(condition: Condition): Condition[] {
  return condition.kind === 'and' ? [...conjuncts(condition.left), ...conjuncts(condition.right)] : [condition];
}

function keyTerm(condition: Condition, scope: Scope): NonNullable<KeyBounds['sort']> {
  const [op, of, ...operands] =
    condition.kind === 'compare' && condition.op !== '<>'
      ? [condition.op, condition.left, condition.right]
      : condition.kind === 'between'
        ? ['between', condition.of, condition.low, condition.high]
        : condition.kind === 'test' && condition.name === 'begins_with'
          ? ['begins_with', ...condition.args]
          : [];
  if (
    typeof op !== 'string' ||
    of === undefined ||
    typeof of === 'string' ||
    of.kind !== 'path' ||
    of.path.length > 1
  ) {
    throw validation('Invalid KeyConditionExpression: an operator that no key can have');
  }
  const values = operands.map((operand) => {
    if (typeof operand === 'string' || operand.kind !== 'value') throw validation('Invalid KeyConditionExpression');
    return scope.values[operand.ref];
  });
  return { name: String(toPlace(of.path, scope)[0]), op, values };
}

/** The bounds of a key condition, for a table or index with these keys. */
export function keyBounds(condition: Condition, scope: Scope, partition: string, sort: string): KeyBounds {
  checkCondition(condition, scope);
  const terms = conjuncts(condition).map((one) => keyTerm(one, scope));
  const first = terms.find((term) => term.name === partition);
  if (first === undefined) throw validation(`Query condition missed key schema element: ${partition}`);
  if (first.op !== '=' || terms.length > 2) throw validation('Query key condition not supported');
  const second = terms.find((term) => term !== first);
  if (second !== undefined && second.name !== sort) {
    throw validation(`Query condition missed key schema element: ${sort}`);
  }
  const bound = { name: partition, value: first.values[0] };
  return second === undefined ? { partition: bound } : { partition: bound, sort: second };
}

/** Whether a sort key lies within the bounds. */
export function within(sort: NonNullable<KeyBounds['sort']>, value: unknown): boolean {
  const [first, second] = sort.values;
  if (sort.op === '=') return value === first;
  if (sort.op === 'begins_with') return typeof value === 'string' && value.startsWith(String(first));
  if (sort.op === 'between') return holdsOrder('>=', value, first) && holdsOrder('<=', value, second);
  return holdsOrder(sort.op, value, first);
}

function checkOverlap(places: readonly Place[]): void {
  places.forEach((one, i) => {
    for (const other of places.slice(i + 1)) {
      const until = one.findIndex((step, depth) => step !== other[depth]);
      const ended = until === -1 || until >= other.length;
      if (ended) throw validation('Two document paths overlap with each other');
      if (typeof one[until] !== typeof other[until]) throw validation('Two document paths conflict with each other');
    }
  });
}

type Tree = Map<string | number, Tree>;

function toTree(places: readonly Place[]): Tree {
  const root: Tree = new Map();
  for (const place of places) {
    let node = root;
    for (const step of place) {
      const next: Tree = node.get(step) ?? new Map();
      node.set(step, next);
      node = next;
    }
  }
  return root;
}

function pick(value: unknown, tree: Tree): unknown {
  if (tree.size === 0) return copy(value);
  const steps = [...tree].sort(([a], [b]) => (typeof a === 'number' && typeof b === 'number' ? a - b : 0));
  const picked = steps.flatMap(([step, below]) => {
    const found = child(value, step);
    const inner = found === undefined ? undefined : pick(found, below);
    return inner === undefined ? [] : [[step, inner] as const];
  });
  if (picked.length === 0) return undefined;
  return Array.isArray(value) ? picked.map(([, inner]) => inner) : Object.fromEntries(picked);
}

/** A copy of the parts of an item that are at these places. */
export function project(item: Item, places: readonly Place[]): Item {
  return (pick(item, toTree(places)) as Item | undefined) ?? {};
}

/** The places that a projection expression names. */
export function placesOf(paths: readonly Path[], scope: Scope): Place[] {
  const places = paths.map((path) => toPlace(path, scope));
  checkOverlap(places);
  return places;
}

/** A deep copy of a value as items hold them. */
export function copy<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copy) as T;
  if (value instanceof Set) return new Set(value) as T;
  const result: Item = {};
  for (const key of Object.keys(value)) result[key] = copy((value as Item)[key]);
  return result as T;
}

const WRONG_TYPE = 'An operand in the update expression has an incorrect data type';

function toNumber(value: unknown): number {
  if (typeof value !== 'number') throw validation(WRONG_TYPE);
  return value;
}

function toList(value: unknown): unknown[] {
  if (!Array.isArray(value)) throw validation(WRONG_TYPE);
  return value;
}

function newValue(operand: Operand, item: Item, scope: Scope): unknown {
  if (operand.kind === 'sum') {
    const left = toNumber(newValue(operand.left, item, scope));
    return left + operand.sign * toNumber(newValue(operand.right, item, scope));
  }
  if (operand.kind === 'call') {
    const [first, second] = operand.args as [Operand, Operand];
    if (operand.name === 'if_not_exists') {
      const found = evaluate(first, item, scope);
      return found === undefined ? newValue(second, item, scope) : found;
    }
    return [...toList(newValue(first, item, scope)), ...toList(newValue(second, item, scope))];
  }
  const value = evaluate(operand, item, scope);
  if (value === undefined) throw validation('The provided expression refers to an attribute that does not exist');
  return value;
}

interface Change {
  readonly section: Action['section'];
  readonly place: Place;
  readonly value?: unknown;
}

function parentOf(item: Item, place: Place): unknown {
  const parent = at(item, place.slice(0, -1));
  const step = place.at(-1);
  if (typeof step === 'number' ? !Array.isArray(parent) : !isMap(parent)) {
    throw validation('The document path provided in the update expression is invalid for update');
  }
  return parent;
}

function setAt(item: Item, place: Place, value: unknown): void {
  const parent = parentOf(item, place);
  const step = place.at(-1)!;
  // A list has no gaps, so what is set past its end is appended.
  if (Array.isArray(parent)) parent[Math.min(Number(step), parent.length)] = value;
  else (parent as Item)[step] = value;
}

function removeAt(item: Item, place: Place): void {
  const parent = parentOf(item, place);
  const step = place.at(-1)!;
  if (Array.isArray(parent)) parent.splice(Number(step), 1);
  else delete (parent as Item)[step];
}

function checkSets(before: unknown, value: unknown): void {
  if (before !== undefined && typeOf(before) !== typeOf(value)) throw validation(WRONG_TYPE);
}

function addAt(item: Item, place: Place, value: unknown): void {
  const before = at(item, place);
  if (typeof value !== 'number' && !(value instanceof Set)) throw validation('Incorrect operand type: ADD');
  checkSets(before, value);
  if (typeof value === 'number') setAt(item, place, ((before as number | undefined) ?? 0) + value);
  else setAt(item, place, new Set([...((before as Set<unknown> | undefined) ?? []), ...value]));
}

function deleteAt(item: Item, place: Place, value: unknown): void {
  if (!(value instanceof Set)) throw validation('Incorrect operand type: DELETE');
  parentOf(item, place);
  const before = at(item, place);
  if (before === undefined) return;
  checkSets(before, value);
  const left = new Set([...(before as Set<unknown>)].filter((one) => !value.has(one)));
  if (left.size === 0) removeAt(item, place);
  else setAt(item, place, left);
}

function byLastStep(a: Change, b: Change): number {
  const [first, second] = [a.place.at(-1), b.place.at(-1)];
  return typeof first === 'number' && typeof second === 'number' ? first - second : 0;
}

function applyChanges(item: Item, changes: readonly Change[]): void {
  const of = (section: Action['section']) => changes.filter((change) => change.section === section);
  for (const { place, value } of of('SET').sort(byLastStep)) setAt(item, place, value);
  for (const { place, value } of of('ADD')) addAt(item, place, value);
  for (const { place, value } of of('DELETE')) deleteAt(item, place, value);
  // Indexes refer to the list as it was, so the last ones are removed first.
  for (const { place } of of('REMOVE').sort(byLastStep).reverse()) removeAt(item, place);
}

/** The places that an update changes. Throws if two of them overlap. */
export function touched(actions: readonly Action[], scope: Scope): Place[] {
  return placesOf(
    actions.map((action) => action.path),
    scope,
  );
}

/** Whether an update only removes. Such an update does not make a missing item. */
export function takesOnly(actions: readonly Action[]): boolean {
  return actions.length > 0 && actions.every(({ section }) => section === 'REMOVE' || section === 'DELETE');
}

/** Applies an update, which changes these places, to a copy of an item. Operands are read from the item as it was. */
export function updated(actions: readonly Action[], places: readonly Place[], before: Item, scope: Scope): Item {
  const changes = actions.map(({ section, operand }, i): Change => {
    const place = places[i]!;
    return operand === undefined
      ? { section, place }
      : { section, place, value: copy(newValue(operand, before, scope)) };
  });
  const item = copy(before);
  applyChanges(item, changes);
  return item;
}
