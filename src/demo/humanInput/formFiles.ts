import { ApiError } from '../http/errors.ts';
import { inputFile } from '../files/mappings.ts';
import { fileObject } from '../files/objects.ts';
import type { Call } from '../routes.ts';
import type { ReadFile } from './submission.ts';

/** Reads the files of a submission as a run reads those of its inputs. */
export function readFileOf(call: Call): ReadFile {
  return (mapping, rules) => {
    try {
      return { file: fileObject(inputFile(call, rules, mapping), call.server) };
    } catch (error) {
      if (error instanceof ApiError) return { fault: error.message };
      throw error;
    }
  };
}
