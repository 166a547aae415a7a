import type { Recipe } from '../../conversation/recipe.ts';
import type { ResultRequest } from '../../conversation/result.ts';
import type { App } from '../app.ts';
import type { Source } from '../source/source.ts';

/** A recipe that is ready to be sent, with all that it asks. */
export interface Job {
  readonly recipe: Recipe;
  readonly app: App;
  readonly source: Source;
  /** One for each part of the source, in their order. */
  readonly requests: readonly ResultRequest[];
}
