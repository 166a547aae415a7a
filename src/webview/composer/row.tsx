import type { VNode } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { Actions } from '../actions.ts';
import { Icon } from '../icon.tsx';
import { t } from '../locale.ts';
import { Menu, type MenuItem } from '../menu/menu.tsx';
import { sizeText } from './contextLabel.ts';
import { nameOfSendKey, type SendKey } from './keys.ts';

interface Ways {
  /** Whether the app takes files, and recordings to transcribe. */
  readonly takesFiles: boolean;
  readonly hears: boolean;
  readonly pasteFromClipboard: () => void;
}

interface Properties extends Ways {
  readonly answering: 'stoppable' | 'unstoppable' | undefined;
  readonly hasText: boolean;
  /** By a file that is not uploaded. */
  readonly isHeld: boolean;
  /** Of all that is attached. */
  readonly size: number;
  /** Which list is open. */
  readonly choosing: 'mention' | 'slash' | undefined;
  readonly sendKey: SendKey;
  /** Opens the list of that character. */
  readonly insert: (mark: '@' | '/') => void;
  readonly actions: Actions;
}

/** What stands under the text: tools, what it weighs, and the buttons that send and stop. */
export function Row(properties: Properties): VNode {
  const { answering, hasText, isHeld, size, choosing, sendKey, takesFiles, hears, insert, actions } = properties;
  const hint = size > 0 ? sizeText(size) : answering === undefined ? '' : t('escStops');
  return (
    <div class="composer-row">
      <Plus {...properties} />
      {takesFiles && <FileTool icon="attach" label={t('attachFiles')} act={() => actions.wish('attachFiles')} />}
      {hears && <FileTool icon="mic" label={t('transcribe')} act={() => actions.wish('transcribe')} />}
      <Tool mark="@" isOpen={choosing === 'mention'} insert={insert} />
      <Tool mark="/" isOpen={choosing === 'slash'} insert={insert} />
      {hint !== '' && <span class="hint num">{hint}</span>}
      <span class="end-slot">
        {answering !== undefined && <StopButton stoppable={answering === 'stoppable'} stop={actions.stop} />}
        {(answering === undefined || hasText) && (
          <SendButton isMuted={!hasText || isHeld} queues={answering !== undefined} sendKey={sendKey} />
        )}
      </span>
    </div>
  );
}

interface FileToolProperties {
  readonly icon: string;
  readonly label: string;
  readonly act: () => void;
}

function FileTool({ icon, label, act }: FileToolProperties): VNode {
  return (
    <button class="icon-btn quiet tool" type="button" aria-label={label} title={label} onClick={act}>
      <Icon name={icon} />
    </button>
  );
}

interface ToolProperties {
  readonly mark: '@' | '/';
  readonly isOpen: boolean;
  readonly insert: (mark: '@' | '/') => void;
}

function Tool({ mark, isOpen, insert }: ToolProperties): VNode {
  const label = mark === '@' ? t('addContextTool') : t('commandsTool');
  return (
    <button
      class="icon-btn quiet tool"
      type="button"
      aria-label={label}
      title={label}
      aria-expanded={isOpen}
      onClick={() => insert(mark)}
    >
      {mark === '@' ? <Icon name="mention" /> : <Slash />}
    </button>
  );
}

/** On a narrow page the tools are behind one button. */
function Plus({ insert, takesFiles, hears, pasteFromClipboard, actions }: Properties): VNode {
  const opener = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  const close = (): void => {
    setOpen(false);
    opener.current?.focus();
  };
  const label = takesFiles ? t('addFilesOrCommand') : t('addOrCommand');
  const files: readonly MenuItem[] = [
    { icon: 'attach', label: t('attachFiles'), act: () => actions.wish('attachFiles') },
    { icon: 'device-camera', label: t('pastePicture'), act: pasteFromClipboard },
  ];
  const items: readonly MenuItem[] = [
    ...(takesFiles ? files : []),
    ...(hears ? [{ icon: 'mic', label: t('transcribeItem'), act: () => actions.wish('transcribe') }] : []),
    { icon: 'mention', label: t('addContextTool'), act: () => insert('@') },
    { icon: '', label: t('commandsTool'), content: <CommandsItem />, act: () => insert('/') },
  ];
  return (
    <>
      <button
        ref={opener}
        class="icon-btn quiet plus"
        type="button"
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name="add" />
      </button>
      {isOpen && <Menu label={label} classes="above" items={items} close={close} />}
    </>
  );
}

function CommandsItem(): VNode {
  return (
    <>
      <Slash />
      <span class="cut">{t('commandsTool')}</span>
    </>
  );
}

/** There is no codicon of it. */
function Slash(): VNode {
  return (
    <span class="slash" aria-hidden="true">
      /
    </span>
  );
}

interface SendProperties {
  readonly isMuted: boolean;
  readonly queues: boolean;
  readonly sendKey: SendKey;
}

/** Two buttons rather than one that changes: their names and places in the tab order are their own. */
function SendButton({ isMuted, queues, sendKey }: SendProperties): VNode {
  const key = nameOfSendKey(sendKey, navigator.platform);
  const label = queues ? t('sendLater', { key }) : t('send', { key });
  return (
    <button key="send" class="send" type="submit" aria-disabled={isMuted} aria-label={label} title={label}>
      <Icon name="arrow-up" />
    </button>
  );
}

function StopButton({ stoppable, stop }: { readonly stoppable: boolean; readonly stop: () => void }): VNode {
  const label = stoppable ? t('stop') : t('stopReading');
  return <button key="stop" class="send stop" type="button" aria-label={label} title={label} onClick={stop} />;
}
