import { CfnOutput, type RemovalPolicy } from 'aws-cdk-lib';
import {
  AttributeType,
  BillingMode,
  Table as DynamoTable,
  ProjectionType,
  StreamViewType,
} from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { LimitedWrites } from '#lib/account-writes';
import { acknowledge } from '#lib/acknowledge';
import { type KeyAttribute, storedName, type Table, type TableAccess, type TableId, tables } from '#lib/tables';
import { tableVariable } from '#lib/variable-names';

/** What happens to the tables when somebody deletes them. */
export interface KonvertTablesProps {
  readonly removalPolicy: RemovalPolicy;
  /** Whether nobody can delete one, and what it held at any second of the last 35 days can be brought back. */
  readonly isProtected: boolean;
}

/** The tables of `lib/tables.ts`, except those that only the local mode has. */
export class KonvertTables extends Construct {
  private readonly byId: ReadonlyMap<string, DynamoTable>;

  constructor(scope: Construct, id: string, props: KonvertTablesProps) {
    super(scope, id);
    const deployed = Object.entries<Table>(tables).filter(([, { localOnly }]) => !localOnly);
    this.byId = new Map(
      deployed.map(([tableId, definition]) => [tableId, createTable(this, storedName(tableId), definition, props)]),
    );
    for (const [tableId, { tableName }] of this.byId) {
      const stored = storedName(tableId);
      new CfnOutput(this, `${stored}-name`, { value: tableName }).overrideLogicalId(`${capital(stored)}TableName`);
    }
  }

  /** The table itself, for its stream. */
  get(id: TableId): DynamoTable {
    const table = this.byId.get(id);
    if (!table) throw new Error(`The table "${id}" is not deployed`);
    return table;
  }

  /** Allows the function these actions and no others, and puts the names of the tables into its environment. */
  grant(grantee: LambdaFunction, access: TableAccess): void {
    for (const [place, actions] of Object.entries(access)) {
      const [id, index] = place.split('/') as [TableId, string | undefined];
      const { tableName, tableArn } = this.get(id);
      grantee.addEnvironment(tableVariable(id), tableName);
      grantee.addToRolePolicy(
        new PolicyStatement({
          actions: actions.map((action) => `dynamodb:${action}`),
          resources: [index === undefined ? tableArn : `${tableArn}/index/${index}`],
        }),
      );
    }
  }

  /** Allows the function these writes to the table and no others, and puts its name into the environment. */
  grantWrites(grantee: LambdaFunction, id: TableId, writes: readonly LimitedWrites[]): void {
    const { tableName, tableArn } = this.get(id);
    const { partition, sort } = tables[id];
    if (writes.length > 0) grantee.addEnvironment(tableVariable(id), tableName);
    for (const { actions, partitions, attributes } of writes) {
      grantee.addToRolePolicy(
        new PolicyStatement({
          actions: actions.map((action) => `dynamodb:${action}`),
          resources: [tableArn],
          conditions: {
            'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': partitions },
            ...(attributes && {
              'ForAllValues:StringEquals': { 'dynamodb:Attributes': [partition.name, sort.name, ...attributes] },
            }),
          },
        }),
      );
    }
  }
}

function createTable(
  scope: Construct,
  id: string,
  definition: Table,
  { removalPolicy, isProtected }: KonvertTablesProps,
): DynamoTable {
  const table = new DynamoTable(scope, id, {
    partitionKey: attribute(definition.partition),
    sortKey: attribute(definition.sort),
    billingMode: BillingMode.PAY_PER_REQUEST,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: isProtected },
    deletionProtection: isProtected,
    removalPolicy,
    ...(definition.stream && { stream: StreamViewType.NEW_AND_OLD_IMAGES }),
    ...(definition.expires && { timeToLiveAttribute: 'ttl' }),
  });
  if (!isProtected) acknowledge(table, 'DDB3', 'A stage to try things out in has nothing to bring back');
  for (const { name, scope: reach, partition, sort } of definition.indexes) {
    const index = { indexName: name, sortKey: attribute(sort), projectionType: ProjectionType.KEYS_ONLY };
    if (reach === 'local') table.addLocalSecondaryIndex(index);
    else table.addGlobalSecondaryIndex({ ...index, partitionKey: attribute(partition) });
  }
  return table;
}

function attribute({ name, type }: KeyAttribute) {
  return { name, type: type === 'N' ? AttributeType.NUMBER : AttributeType.STRING };
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
