import type { Recipe } from '../../conversation/recipe.ts';
import type { Fields } from '../../dify/json.ts';
import type { App } from '../app.ts';
import type { Source } from '../source/source.ts';

/** A recipe that is ready to be sent, with all that it asks. */
export interface Job {
  readonly recipe: Recipe;
  readonly app: App;
  readonly source: Source;
  /** One for each part of the source, in their order. */
  readonly requests: readonly ActionRequest[];
}

/** What the app is asked for one part of the source. */
export interface ActionRequest {
  readonly inputs: Fields;
  /** The question to an app of the chat family; '' for text generators and workflows. */
  readonly query: string;
  /** File mappings that belong to no input of the form. */
  readonly files: readonly Fields[];
}
