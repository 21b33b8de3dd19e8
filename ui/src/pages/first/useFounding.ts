// What the clerk answers before there is an office, step by step, and founding it with them. Nothing is
// kept before that: there is no office yet to keep it in.
import { computed, reactive, ref, type ComputedRef, type Ref } from 'vue';
import { call, commandError, type CommandError } from '@/host';
import { router } from '@/router';
import { session, takeStatus } from '@/session';

/** The answers, as typed. */
export interface Answers {
    name: string;
    code: string;
    operator: string;
    project: string;
    projectCode: string;
    builder: string;
    completedOn: string;
}

/** One question. */
export interface Question {
    field: keyof Answers;
    label: string;
    /** The step cannot be left without it. */
    required: boolean;
    help: string;
    /** Letters and digits, kept in capitals. */
    code?: boolean;
}

/** The steps that ask. */
export type StepNumber = 1 | 2 | 3;

export const OFFICE_QUESTIONS: readonly Question[] = [
    { field: 'name', label: '单位名称', required: true, help: '印在每张表的抬头，写全称。' },
    {
        field: 'code',
        label: '单位代码',
        required: true,
        help: '字母和数字，如 YX01。几个单位的台账合在一起时用它区分。',
        code: true,
    },
    {
        field: 'operator',
        label: '操作员',
        required: true,
        help: '经办人一栏先填这个名字，可以改。',
    },
];

export const PROJECT_QUESTIONS: readonly Question[] = [
    { field: 'project', label: '工程名称', required: true, help: '' },
    { field: 'projectCode', label: '编号代码', required: true, help: '', code: true },
    { field: 'builder', label: '建设单位', required: false, help: '' },
    {
        field: 'completedOn',
        label: '竣工日期',
        required: false,
        help: '如 2026-6-30 或 20260630。保修期从这一天算起。',
    },
];

const CODE = /^[A-Z0-9]{1,12}$/;

/** Fields of the project's record, as the program names them in a refusal. */
const FIELDS: Record<string, keyof Answers> = {
    name: 'project',
    code: 'projectCode',
    finished_on: 'completedOn',
    customer: 'builder',
};

/** What the page of the first run works with. */
export interface Founding {
    answers: Answers;
    faults: Partial<Record<keyof Answers, string>>;
    step: Ref<StepNumber>;
    /** The office is founded without a project. */
    bare: Ref<boolean>;
    /** Afterwards an old ledger is taken in. */
    importing: Ref<boolean>;
    working: Ref<boolean>;
    problem: Ref<CommandError | null>;
    /** The first number of a complaint, by the answers so far. */
    example: ComputedRef<string>;
    /** Checks one answer when its field is left. */
    check(question: Question): boolean;
    /** Checks all answers of a step; answers the first that is wrong. */
    firstFault(questions: readonly Question[]): Question | undefined;
    found(): Promise<void>;
}

/** Begins with empty answers. */
export function useFounding(): Founding {
    const answers = reactive<Answers>({
        name: '',
        code: '',
        operator: '',
        project: '',
        projectCode: '',
        builder: '',
        completedOn: '',
    });
    const faults = reactive<Partial<Record<keyof Answers, string>>>({});
    const step = ref<StepNumber>(1);
    const bare = ref(false);
    const importing = ref(false);
    const working = ref(false);
    const problem = ref<CommandError | null>(null);

    const example = computed(() => {
        const year = (session.value?.now ?? '').slice(0, 4);
        return `TS-${year}-${folded(answers.projectCode) || 'XM01'}-0001`;
    });

    function check(question: Question): boolean {
        const typed = answers[question.field].trim();
        if (question.code === true) answers[question.field] = folded(typed);
        delete faults[question.field];
        if (question.required && typed === '')
            faults[question.field] = `还没有填${question.label}。`;
        else if (question.code === true && typed !== '' && !CODE.test(folded(typed)))
            faults[question.field] = `${question.label}只用字母和数字，最多 12 个，如 XM01。`;
        return faults[question.field] === undefined;
    }

    async function found(): Promise<void> {
        if (working.value) return;
        working.value = true;
        problem.value = null;
        try {
            const status = await call('found_office', {
                name: answers.name,
                code: answers.code,
                operator: answers.operator,
                project: bare.value
                    ? null
                    : {
                          name: answers.project,
                          code: answers.projectCode,
                          builder: answers.builder.trim() || null,
                          completed_on: answers.completedOn.trim() || null,
                      },
            });
            await router.replace(
                importing.value
                    ? { name: 'import', params: { register: 'complaint' } }
                    : { name: 'today' },
            );
            takeStatus(status);
        } catch (fault) {
            const why = commandError(fault);
            problem.value = why;
            for (const wrong of why.fields) {
                const field = FIELDS[wrong.field];
                if (field !== undefined) faults[field] = wrong.message;
            }
            if (why.fields.length > 0) step.value = 2;
        } finally {
            working.value = false;
        }
    }

    return {
        answers,
        faults,
        step,
        bare,
        importing,
        working,
        problem,
        example,
        check,
        firstFault: (questions) => questions.filter((question) => !check(question))[0],
        found,
    };
}

/** A code as it is kept: narrow, in capitals. */
function folded(text: string): string {
    return text.normalize('NFKC').trim().toUpperCase();
}
