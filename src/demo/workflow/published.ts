import type { Parameters } from '../apps.ts';
import type { Graph } from './graph.ts';
import type { VariableType } from './variableTypes.ts';

/** A chatflow or workflow as its owner made it. */
export interface Workflow {
  /** The app's id, which runs carry among their values. */
  readonly appId: string;
  /** Oldest first: the last is what a call without a version runs. Empty: never published. */
  readonly versions: readonly Version[];
  /** The editor's own version, which nobody else may run. */
  readonly draftId: string;
}

export interface Version {
  readonly id: string;
  readonly graph: Graph;
  /** What `GET /parameters` says while this version is the latest. */
  readonly parameters: Parameters;
  /** Of a chatflow: what each conversation begins with. */
  readonly variables?: readonly VariableDeclaration[];
  /** When it was published, as the run logs show it: `2026-11-22 11:10:15.829893`. */
  readonly publishedAt?: string;
}

export interface VariableDeclaration {
  readonly id: string;
  readonly name: string;
  readonly type: VariableType;
  readonly value: unknown;
  readonly description?: string;
}
