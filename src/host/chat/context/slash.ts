import { commands, env, EventEmitter, workspace, type Disposable } from 'vscode';
import { languageNames } from '../../../conversation/languages.ts';
import type { StateChange } from '../../../conversation/protocol.ts';
import type { Recipe, Variable } from '../../../conversation/recipe.ts';
import { fillTemplate, variablesIn } from '../../../conversation/template.ts';
import { nameOf, relativeFile } from '../../source/placeOf.ts';
import { t } from '../../words.ts';
import type { ChatPart } from '../part.ts';
import type { Talk } from '../talk.ts';
import type { Attachment } from './attachment.ts';
import { changesAttachment, clipboardAttachment, fileAttachment, problemsAttachment } from './attachments.ts';
import type { EditorFollower } from './editorFollower.ts';

interface SlashPorts {
  readonly talk: Pick<Talk, 'addToDraft'>;
  readonly follower: Pick<EditorFollower, 'editor' | 'selection'>;
  readonly attach: (attachment: Attachment) => Promise<boolean>;
  /** Those that there are now. */
  readonly recipes: () => readonly Recipe[];
}

/** What `/` does that is a command of VS Code too. */
const builtIn: ReadonlyMap<string, string> = new Map([
  ['new', 'difyCompanion.chat.newConversation'],
  ['app', 'difyCompanion.chat.switchApp'],
  ['export', 'difyCompanion.chat.export'],
  ['clear', 'difyCompanion.chat.delete'],
]);

/** The commands behind `/`: those of the chat, and the recipes, which write into the composer what they would have sent. */
export class Slash implements ChatPart {
  readonly #ports: SlashPorts;
  readonly #changed = new EventEmitter<StateChange>();
  readonly onDidChange = this.#changed.event;
  readonly #listening: Disposable;

  constructor(ports: SlashPorts) {
    this.#ports = ports;
    this.#listening = workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('difyCompanion.recipes')) this.#changed.fire(this.state());
    });
  }

  state(): StateChange {
    const own = [
      { name: 'new', description: t('New conversation') },
      { name: 'app', description: t('Switch app') },
      { name: 'export', description: t('Save as Markdown') },
      { name: 'clear', description: t('Delete this conversation') },
    ];
    return { slash: [...own, ...this.#recipes().map(({ name, recipe }) => ({ name, description: recipe.title }))] };
  }

  /** Runs it. Nothing is sent to an app by it. */
  async run(name: string): Promise<void> {
    const command = builtIn.get(name);
    if (command !== undefined) await commands.executeCommand(command);
    else {
      const recipe = this.#recipes().find((one) => one.name === name)?.recipe;
      if (recipe !== undefined) await this.#write(recipe);
    }
  }

  dispose(): void {
    this.#listening.dispose();
    this.#changed.dispose();
  }

  #recipes(): readonly { readonly name: string; readonly recipe: Recipe }[] {
    const taken = new Set(builtIn.keys());
    return this.#ports.recipes().flatMap((recipe) => {
      const name = nameFor(recipe);
      if (taken.has(name)) return [];
      taken.add(name);
      return [{ name, recipe }];
    });
  }

  /** Its words go into the composer as text; what they are about is attached, and both can be changed before they are sent. */
  async #write(recipe: Recipe): Promise<void> {
    const { talk, follower, attach } = this.#ports;
    const document = follower.editor?.document;
    const names = variablesIn(recipe.instruction);
    for (const attachment of this.#about(names)) await attach(attachment);
    const words = fillTemplate(recipe.instruction, {
      targetLanguage:
        recipe.targetLanguage === '' ? (languageNames(env.language)[0] ?? '') : (recipe.targetLanguage ?? ''),
      ...(document === undefined
        ? {}
        : {
            fileBasename: nameOf(document.uri),
            relativeFile: relativeFile(document.uri),
            languageId: document.languageId,
          }),
    });
    await talk.addToDraft(words === '' ? recipe.title : words);
  }

  #about(names: ReadonlySet<Variable>): readonly Attachment[] {
    const { editor } = this.#ports.follower;
    const uri = editor?.document.uri;
    const selection = this.#ports.follower.selection();
    return [
      ...(selection === undefined ? [] : [selection]),
      ...(uri !== undefined && names.has('fileText') ? [fileAttachment(uri)] : []),
      ...(uri !== undefined && names.has('diagnostics') ? [problemsAttachment(uri)] : []),
      ...(names.has('gitDiff') ? [changesAttachment(uri)] : []),
      ...(names.has('clipboard') ? [clipboardAttachment()] : []),
    ];
  }
}

/** A word to type: the id of a shipped recipe, the name of one's own without its spaces. */
function nameFor({ id, title }: Recipe): string {
  return /^\w+$/.test(id) ? id : title.trim().replaceAll(/\s+/g, '-');
}
