import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { addressProblem, linkedFile, sizeOf, waysOf } from '../../conversation/fileProblem.ts';
import { kindOf, type FieldFile, type FieldValue } from '../../conversation/inputForm.ts';
import type { FormState } from '../../conversation/protocol.ts';
import type { InputControl } from '../../conversation/inputForm.ts';
import type { Actions } from '../actions.ts';
import { isComposing } from '../composer/keys.ts';
import { Icon } from '../icon.tsx';
import { t } from '../locale.ts';
import { BelowField, FieldNote, described, type FieldProperties } from './field.tsx';
import { problemWords } from './problemWords.ts';

type Properties = FieldProperties & {
  readonly form: Pick<FormState, 'uploads' | 'takes'>;
  readonly actions: Actions;
};

/** Files of a field: chosen by the editor's dialog, dropped, or named by their address. The host uploads them. */
export function FileField(properties: Properties): VNode {
  const { control, id, value, change, form, actions } = properties;
  const { variable, label, required } = control;
  const files = filesOf(value);
  const uploads = form.uploads.filter((upload) => upload.variable === variable);
  const isList = kindOf(control) === 'files';
  const isFull = isList && files.length + uploads.length >= (control.maxLength ?? Infinity);
  const notes = [required ? '' : t('optionalField'), form.takes[variable] ?? ''];
  return (
    <div class={`form-field${isList ? ' whole' : ''}`} role="group" aria-labelledby={`${id}-label`}>
      <span class="label" id={`${id}-label`}>
        {label} <FieldNote words={notes} />
      </span>
      {files.map((file, index) => (
        <FileRow key={index} file={file} remove={() => change(files.toSpliced(index, 1))} />
      ))}
      {uploads.map((upload) => (
        <UploadRow key={upload.name} {...upload} actions={actions} />
      ))}
      {!isFull && <Ways {...properties} add={(file) => change(isList ? [...files, file] : [file])} />}
      <BelowField {...properties} />
    </div>
  );
}

export function filesOf(value: FieldValue | undefined): readonly FieldFile[] {
  return Array.isArray(value) ? value : [];
}

function FileRow({ file, remove }: { readonly file: FieldFile; readonly remove: () => void }): VNode {
  const name = file.name || t('uploadedFile');
  return (
    <div class="upload-row">
      <Icon name={typeof file.mapping['url'] === 'string' ? 'link' : 'file-text'} />
      <span class="cut">{name}</span>
      <span class="tiny muted num">{file.size === undefined ? '' : sizeOf(file.size)}</span>
      <button
        class="icon-btn"
        type="button"
        aria-label={t('removeFile', { file: name })}
        title={t('removeHint')}
        onClick={remove}
      >
        <Icon name="close" classes="s" />
      </button>
    </div>
  );
}

type UploadProperties = FormState['uploads'][number] & { readonly actions: Actions };

function UploadRow({ variable, name, percent, actions }: UploadProperties): VNode {
  return (
    <div class="upload-row">
      <Icon name="file-text" />
      <span class="cut">{name}</span>
      <span class="tiny muted num">{`${percent} %`}</span>
      <button
        class="icon-btn"
        type="button"
        aria-label={t('cancelUploadOf', { file: name })}
        title={t('cancelUploadHint')}
        onClick={() => actions.post({ type: 'cancelUpload', variable, name })}
      >
        <Icon name="close" classes="s" />
      </button>
      <progress class="bar" max={100} value={percent} aria-label={t('uploadingFile', { file: name })} />
    </div>
  );
}

function iconOf({ files }: InputControl): string {
  return files?.allowedFileTypes.join() === 'image' ? 'file-media' : 'attach';
}

type WayProperties = Properties & { readonly add: (file: FieldFile) => void };

/** How a file gets here, as the app allows. */
function Ways(properties: WayProperties): VNode {
  const { control, id, add, actions } = properties;
  const { variable } = control;
  const { upload, link } = waysOf(control.files);
  const [isLinking, setLinking] = useState(!upload);
  const isList = kindOf(control) === 'files';
  const help = described(properties)['aria-describedby'];
  return (
    <>
      {upload && (
        <div
          class="drop-line"
          onDragOver={(event) => event.preventDefault()}
          onDrop={(event) => drop(event, variable, actions)}
        >
          <Icon name={iconOf(control)} classes="s" />
          <span>
            <button
              class="btn link small"
              type="button"
              id={id}
              aria-describedby={help}
              onClick={() => actions.post({ type: 'chooseFiles', variable })}
            >
              {isList ? t('chooseFiles') : t('chooseFile')}
            </button>
            {[...(isList || !link ? [dropWords(isList)] : []), ...(link ? [t('orElse')] : [])].join(' ')}{' '}
            {link && (
              <button
                class="btn link small"
                type="button"
                aria-expanded={isLinking}
                onClick={() => setLinking(!isLinking)}
              >
                {t('pasteLink')}
              </button>
            )}
          </span>
        </div>
      )}
      {link && isLinking && (
        <LinkLine control={control} id={upload ? `${id}-link` : id} add={add} done={() => setLinking(!upload)} />
      )}
    </>
  );
}

function dropWords(isList: boolean): string {
  return isList ? t('orDropFiles') : t('orDropFile');
}

function drop(event: DragEvent, variable: string, actions: Actions): void {
  event.preventDefault();
  event.stopPropagation();
  const uris =
    event.dataTransfer?.getData('application/vnd.code.uri-list') || event.dataTransfer?.getData('text/uri-list');
  if (uris === undefined || uris === '') actions.announce(t('dropFromEditor'));
  else actions.post({ type: 'dropFiles', variable, uris });
}

interface LinkProperties {
  readonly control: InputControl;
  readonly id: string;
  readonly add: (file: FieldFile) => void;
  readonly done: () => void;
}

/** An address that the app's server reads the file from. */
function LinkLine({ control, id, add, done }: LinkProperties): VNode {
  const [address, setAddress] = useState('');
  const [problem, setProblem] = useState('');
  const accept = (): void => {
    const wrong = addressProblem(control, address, problemWords(t));
    setProblem(wrong);
    if (wrong !== '') return;
    add(linkedFile(control, address));
    setAddress('');
    done();
  };
  return (
    <>
      <div class="link-line">
        <input
          class="field"
          id={id}
          type="url"
          autocomplete="off"
          placeholder="https://"
          aria-label={t('linkOf', { field: control.label })}
          aria-invalid={problem === '' ? undefined : true}
          aria-describedby={problem === '' ? undefined : `${id}-wrong`}
          value={address}
          onInput={(event) => setAddress(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || isComposing(event)) return;
            // It would submit the whole form.
            event.preventDefault();
            accept();
          }}
        />
        <button class="btn small" type="button" onClick={accept}>
          {t('addLink')}
        </button>
      </div>
      {problem !== '' && (
        <p class="problem" id={`${id}-wrong`}>
          <Icon name="error" />
          <span>{problem}</span>
        </p>
      )}
    </>
  );
}
