import {
  CodeAction,
  CodeActionKind,
  languages,
  Range,
  workspace,
  type CodeActionContext,
  type Disposable,
  type TextDocument,
} from 'vscode';
import type { Apps } from '../apps.ts';
import { t } from '../words.ts';
import { commandOf } from './recipes/recipes.ts';

/** Everything that a person edits; results and proposals are no such thing. */
const selector = ['file', 'untitled', 'vscode-notebook-cell', 'vscode-remote', 'vscode-vfs'].map((scheme) => ({
  scheme,
}));

/**
 * Offers to explain and to fix what is wrong on a line: as long as an app was chosen to do it, and unless the person turned it off.
 * Nothing is sent before they press it.
 */
export function offerLightbulb(apps: Pick<Apps, 'boundTo'>): Disposable {
  return languages.registerCodeActionsProvider(
    selector,
    { provideCodeActions: (document, _range, context) => actionsFor(document, context, apps) },
    { providedCodeActionKinds: [CodeActionKind.QuickFix] },
  );
}

function actionsFor(
  document: TextDocument,
  { diagnostics }: CodeActionContext,
  apps: Pick<Apps, 'boundTo'>,
): CodeAction[] {
  const [first] = diagnostics;
  if (first === undefined || !isEnabled(document)) return [];
  const all = diagnostics.map(({ range }) => range).reduce((union, range) => union.union(range), first.range);
  // Who found the problems may know a longer text.
  const lines = document.validateRange(all);
  const range = new Range(lines.start.with({ character: 0 }), document.lineAt(lines.end.line).range.end);
  const offered = [
    { id: 'explain', title: t('Explain with Dify') },
    { id: 'fix', title: t('Fix with Dify') },
  ];
  return offered
    .filter(({ id }) => apps.boundTo(id) !== undefined)
    .map((recipe) => {
      const action = new CodeAction(recipe.title, CodeActionKind.QuickFix);
      action.diagnostics = [...diagnostics];
      action.command = {
        command: commandOf(recipe),
        title: recipe.title,
        arguments: [{ uri: document.uri, range }],
      };
      return action;
    });
}

function isEnabled({ uri }: TextDocument): boolean {
  return workspace.getConfiguration('difyCompanion', uri).get('lightbulb.enabled', true);
}
