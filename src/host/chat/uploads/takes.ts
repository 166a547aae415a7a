import { fileRulesIn, waysOf } from '../../../conversation/fileProblem.ts';
import type { AppParameters } from '../../../dify/app.ts';
import type { FileLimits, FileRules } from '../../../dify/fileUpload.ts';
import type { App } from '../../app.ts';
import { t } from '../../words.ts';

/** Which files may go along with a question, and how many. */
export interface Takes {
  readonly rules: FileRules;
  readonly limits: FileLimits;
  readonly most: number;
}

/** What the app takes beside a question; `undefined` for nothing, or where nothing is known of it. */
export function takesOf({ mode }: Pick<App, 'mode'>, parameters: AppParameters | undefined): Takes | undefined {
  if (parameters === undefined) return undefined;
  const { fileUpload: rules, systemParameters: limits } = parameters;
  // Dify 1.14 lets an agent of the new kind take files, and ignores them.
  if (!rules.enabled || mode === 'agent' || !waysOf(rules).upload) return undefined;
  return { rules, limits, most: rules.numberLimits ?? limits.workflowFileUploadLimit };
}

/** The same for people: "images, documents, up to 3, 15 MB each"; '' for nothing. */
export function takesInWords(takes: Takes | undefined): string {
  if (takes === undefined) return '';
  const { rules: files, limits, most: maxLength } = takes;
  return fileRulesIn({ type: 'file-list', files, maxLength }, limits, t);
}
