import type { TestedApp } from './apps.ts';
import type { Case } from './case.ts';
import { modes } from './modes.ts';

/** One case on one app. */
export interface Trial {
  readonly name: string;
  readonly case: Case;
  readonly app: TestedApp;
}

/** Features of apps that answer ordinary questions in another way, or not at all; only cases that ask for one run on such an app. */
const unusual = [
  'unpublished',
  'disabled',
  'capped',
  'moderation',
  'annotations',
  'human-input',
  'two-forms',
  'form-by-email',
  'form-with-files',
  'form-deadline',
  'always-fails',
  'react',
  'versions',
];

/** On which apps a case runs: one of each mode it is about, the plainest that has what it needs. Empty if it does not apply. */
export function trialsOf(one: Case, apps: readonly TestedApp[], generation: 'a' | 'b'): readonly Trial[] {
  if (one.only !== undefined && one.only !== generation) return [];
  return (one.modes ?? modes).flatMap((mode) => {
    const [app] = apps
      .filter((each) => each.mode === mode && fits(each, one.needs ?? []))
      .toSorted((first, other) => oddness(first, one) - oddness(other, one));
    return app === undefined ? [] : [{ name: `${one.name} (${mode})`, case: one, app }];
  });
}

/** Whether it answers ordinary questions. */
export function isUsual({ features }: TestedApp): boolean {
  return unusual.every((feature) => !features.has(feature));
}

function fits({ features }: TestedApp, needs: readonly string[]): boolean {
  return (
    needs.every((need) => features.has(need)) &&
    unusual.every((feature) => !features.has(feature) || needs.includes(feature))
  );
}

/** How much an app has that a case did not ask for. */
function oddness({ features }: TestedApp, { needs = [] }: Case): number {
  const own = [...features].filter((feature) => !needs.includes(feature) && !feature.startsWith('no-'));
  return own.length + (features.has('required-inputs') ? 10 : 0);
}
