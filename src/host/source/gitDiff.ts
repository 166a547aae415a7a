import { extensions, type Uri } from 'vscode';
import { t } from '../words.ts';

/** What is used of VS Code's own Git extension. https://github.com/microsoft/vscode/blob/main/extensions/git/src/api/git.d.ts */
interface Git {
  getAPI(version: 1): {
    readonly repositories: readonly Repository[];
    getRepository(uri: Uri): Repository | null;
  };
}

interface Repository {
  diffWithHEAD(path: string): Promise<string>;
  /** @param cached what is staged; else what is not */
  diff(cached?: boolean): Promise<string>;
}

/** The changes of the file since the last commit, else why there are none to be known of. VS Code's own Git does the work. */
export async function gitDiff(uri: Uri): Promise<{ readonly diff: string } | { readonly missing: string }> {
  const extension = extensions.getExtension<Git>('vscode.git');
  if (extension === undefined) return { missing: t('The changes of the file are not known: VS Code’s Git is off.') };
  const repository = repositoryOf(await extension.activate(), uri);
  if (repository === undefined) {
    return { missing: t('The changes of the file are not known: VS Code has no Git repository open with it.') };
  }
  const diff = await repository.diffWithHEAD(uri.fsPath);
  return diff.trim() === '' ? { missing: t('The file has no changes since the last commit.') } : { diff };
}

/** All that is not committed where the file is, else in the first repository; '' if that is nothing, or Git is off. */
export async function uncommitted(uri: Uri | undefined): Promise<string> {
  const git = await extensions.getExtension<Git>('vscode.git')?.activate();
  const repository = git === undefined ? undefined : ((uri && repositoryOf(git, uri)) ?? repositoriesOf(git)[0]);
  const diffs = await Promise.all([repository?.diff(true), repository?.diff(false)]);
  return diffs.filter((diff) => diff !== undefined && diff.trim() !== '').join('\n');
}

function repositoriesOf(git: Git): readonly Repository[] {
  try {
    return git.getAPI(1).repositories;
  } catch {
    return [];
  }
}

function repositoryOf(git: Git, uri: Uri) {
  try {
    return git.getAPI(1).getRepository(uri) ?? undefined;
  } catch {
    // It throws where Git is not installed, or switched off.
    return undefined;
  }
}
