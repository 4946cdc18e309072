// biome-ignore-all lint/suspicious/noTemplateCurlyInString: it is code that is quoted
/**
 * The mutants that no test can kill, because nobody can see a difference. Each says why.
 *
 * A mutant is known by its file, the class and method, what stood there, and what stands there
 * instead; a number tells twins apart. `run.js` says when one of these is killed, or is gone.
 */
export const equivalent = {
  'src/runtime/budget.ts': [
    {
      place: 'mayProceed',
      from: 'cx.executor?.defer(cx.leafWaker);',
      to: 'cx.executor?.defer(cx.leafWaker); cx.executor?.defer(cx.leafWaker);',
      why: 'who is put off twice is woken once',
    },
  ],
  'src/runtime/choices.ts': [
    {
      place: 'random',
      from: '(state + 0x6d2b79f5) >>> 0',
      to: '(state + 0x6d2b79f5) << 0',
      why: 'the next step makes whole numbers from 0 on of it all the same',
    },
    {
      place: 'random',
      from: '14',
      to: '15',
      why: 'the next step makes whole numbers from 0 on of it all the same',
    },
    {
      place: 'random',
      from: '0x1_0000_0000',
      to: '4294967297',
      why: 'the next step makes whole numbers from 0 on of it all the same',
    },
    {
      place: 'random',
      from: 'seed >>> 0',
      to: 'seed << 0',
      why: 'the next step makes whole numbers from 0 on of it all the same',
    },
  ],
  'src/runtime/combinators/futures-unordered.ts': [
    {
      place: 'Member.queued',
      from: 'true',
      to: 'false',
      why: 'its waker is handed out by its first poll, which sets this',
    },
    {
      place: 'Member.turn',
      from: '0',
      to: '1',
      why: 'push() sets it at once',
    },
    {
      place: 'Member.woken',
      from: 'false',
      to: 'true',
      why: 'a poll sets it first',
    },
    {
      place: 'Member.get task',
      from: 'this.#context?.task',
      to: 'this.#context.task',
      why: 'its waker is handed out by its first poll, which sets the context',
    },
    {
      place: 'Member.poll',
      from: 'own === undefined || own.task !== cx.task || own.executor !== cx.executor',
      to: 'true',
      why: 'a new context is as good as the old one, and a task has one executor',
    },
    {
      place: 'Member.poll',
      from: 'own === undefined || own.task !== cx.task || own.executor !== cx.executor',
      to: 'own === undefined || own.task !== cx.task',
      why: 'a new context is as good as the old one, and a task has one executor',
    },
    {
      place: 'Member.poll',
      from: 'own.executor !== cx.executor',
      to: 'own.executor === cx.executor',
      why: 'a new context is as good as the old one, and a task has one executor',
    },
    {
      place: 'Unordered.push',
      from: 'this.#members.add(member);',
      to: 'this.#members.add(member); this.#members.add(member);',
      why: 'a set holds it once',
    },
    {
      place: 'Unordered.#turns',
      from: '0',
      to: '1',
      why: 'turns are only compared',
    },
  ],
  'src/runtime/combinators/join-all.ts': [
    {
      place: 'JoinMany.#valueOf',
      from: 'dropQuietly(() => this.drop());',
      to: 'dropQuietly(() => this.drop()); dropQuietly(() => this.drop());',
      why: 'it has ended: it has an answer',
    },
    {
      place: 'JoinMany.#valueOf',
      from: 'answer?.error',
      to: 'answer.error',
      why: 'it has ended: it has an answer',
    },
    {
      place: 'dropValues',
      from: "answer !== undefined && 'value' in answer",
      to: 'answer !== undefined',
      why: 'an error has no value to drop',
    },
    {
      place: 'JoinMany.#valueOf',
      from: "answer !== undefined && 'value' in answer",
      to: "'value' in answer",
      why: 'it has ended: it has an answer',
    },
  ],
  'src/runtime/combinators/join.ts': [
    {
      place: 'Join.poll',
      from: '!this.#rotates || start + 1 >= count',
      to: '!this.#rotates',
      why: 'the order goes round by the remainder all the same; this keeps the number small',
    },
    {
      place: 'Join.poll',
      from: 'start + 1',
      to: 'start - 1',
      why: 'the order goes round by the remainder all the same; this keeps the number small',
    },
    {
      place: 'Join.#take',
      from: "branch.state === 'done'",
      to: 'true',
      why: 'all of them are done',
    },
    {
      place: 'Join.drop',
      from: "branch.state === 'done'",
      to: 'true',
      why: 'a branch that failed has no value to drop',
    },
  ],
  'src/runtime/combinators/ref.ts': [
    {
      place: 'Lent.get awaited',
      from: 'this.#future instanceof Future',
      to: 'true',
      why: 'a generator has no such property',
    },
  ],
  'src/runtime/combinators/select.ts': [
    {
      place: 'Select.constructor (2)',
      from: 'true',
      to: 'false',
      why: 'it has no future either, so that nothing is dropped',
    },
    {
      place: 'Select.drop',
      from: 'finished || future === undefined',
      to: 'finished',
      why: 'what has no future counts as finished',
    },
  ],
  'src/runtime/executor.ts': [
    {
      place: 'Executor.#parked',
      from: 'false',
      to: 'true',
      why: 'before it has parked nobody unparks it',
    },
    {
      place: 'Executor.spawn',
      from: 'current?.task',
      to: 'current.task',
      why: 'whoever spawns is polled, or being dropped',
    },
    {
      place: 'Executor.schedule',
      from: 'return;',
      to: '(nothing)',
      why: 'after the end nobody takes from the queue',
    },
    {
      place: 'Executor.schedule',
      from: 'this.#parked',
      to: 'true',
      why: 'to unpark what is not parked does nothing',
    },
    {
      place: 'Executor.schedule',
      from: 'this.#closed',
      to: 'false',
      why: 'after the end nobody takes from the queue',
    },
  ],
  'src/runtime/from-promise.ts': [
    {
      place: 'PromiseFuture.poll',
      from: 'cx.executor ?? current?.executor',
      to: 'cx.executor',
      why: 'a context made by hand has the executor of the current one',
    },
    {
      place: 'PromiseFuture.poll',
      from: 'cx.executor ?? current?.executor',
      to: 'current?.executor',
      why: 'a context made by hand has the executor of the current one',
    },
  ],
  'src/runtime/future.ts': [
    {
      place: 'pollGenerator',
      from: 'step.done',
      to: 'true',
      why: 'what a generator yields while it waits is Pending itself',
    },
    {
      place: 'asFuture',
      from: 'value instanceof Future || isGenerator(value)',
      to: 'isGenerator(value)',
      why: 'a future has the methods of a generator, too',
    },
  ],
  'src/runtime/io/async-io.ts': [
    {
      place: 'BUFFER_SIZE',
      from: '8 * 1024',
      to: '8 / 1024',
      why: 'how much is read at once, nobody sees',
    },
    {
      place: 'BUFFER_SIZE',
      from: '8',
      to: '9',
      why: 'how much is read at once, nobody sees',
    },
    {
      place: 'BUFFER_SIZE',
      from: '1024',
      to: '1025',
      why: 'how much is read at once, nobody sees',
    },
  ],
  'src/runtime/io/buf-reader.ts': [
    {
      place: 'BufReader.#searched',
      from: '0',
      to: '1',
      why: 'the first look, into nothing, sets it',
    },
    {
      place: 'Buffered.#readMore',
      from: 'this.#source.spare ?? new Uint8Array(capacity)',
      to: 'new Uint8Array(capacity)',
      why: 'another array is as good: keeping one saves an allocation',
    },
    {
      place: 'Buffered.#readMore',
      from: 'this.#source.spare = into;',
      to: '(nothing)',
      why: 'another array is as good: keeping one saves an allocation',
    },
    {
      place: 'Buffered.drop',
      from: 'this.#source.spare = reading.into;',
      to: '(nothing)',
      why: 'another array is as good: keeping one saves an allocation',
    },
  ],
  'src/runtime/io/byte-queue.ts': [
    {
      place: 'ByteQueue.#bytes',
      from: '0',
      to: '1',
      why: 'how large the array is, nobody sees',
    },
    {
      place: 'ByteQueue.push',
      from: 'this.#end + bytes.length > this.#bytes.length',
      to: 'this.#end + bytes.length >= this.#bytes.length',
      why: 'how large the array is, nobody sees',
    },
    {
      place: 'ByteQueue.#makeRoom',
      from: 'needed * 2 <= this.#bytes.length',
      to: 'false',
      why: 'how large the array is, nobody sees',
    },
    {
      place: 'ByteQueue.#makeRoom',
      from: 'needed * 2 <= this.#bytes.length',
      to: 'needed * 2 < this.#bytes.length',
      why: 'how large the array is, nobody sees',
    },
    {
      place: 'ByteQueue.#makeRoom',
      from: '2',
      to: '3',
      why: 'how large the array is, nobody sees',
    },
    {
      place: 'ByteQueue.#makeRoom (2)',
      from: '2',
      to: '3',
      why: 'how large the array is, nobody sees',
    },
    {
      place: 'ByteQueue.skip',
      from: 'this.#first < this.#end',
      to: 'true',
      why: 'how large the array is, nobody sees',
    },
    {
      place: 'ByteQueue.skip',
      from: 'this.#first < this.#end',
      to: 'this.#first <= this.#end',
      why: 'how large the array is, nobody sees',
    },
    {
      place: 'ByteQueue.skip',
      from: 'this.#bytes.length > KEPT',
      to: 'true',
      why: 'how large the array is, nobody sees',
    },
    {
      place: 'ByteQueue.skip',
      from: 'this.#bytes.length > KEPT',
      to: 'this.#bytes.length >= KEPT',
      why: 'how large the array is, nobody sees',
    },
    {
      place: 'ByteQueue.skip',
      from: 'this.#bytes = new Uint8Array(0);',
      to: '(nothing)',
      why: 'how large the array is, nobody sees',
    },
    {
      place: 'ByteQueue.skip (3)',
      from: '0',
      to: '1',
      why: 'how large the array is, nobody sees',
    },
    {
      place: 'ByteQueue.skip',
      from: 'this.#bytes.length > KEPT',
      to: 'false',
      why: 'how large the array is, nobody sees',
    },
  ],
  'src/runtime/io/copy-bidirectional.ts': [
    {
      place: 'CopyBidirectional.drop',
      from: 'this.#done',
      to: 'false',
      why: 'a way that was dropped does nothing the second time',
    },
    {
      place: 'CopyBidirectional.drop',
      from: 'return;',
      to: '(nothing)',
      why: 'a way that was dropped does nothing the second time',
    },
  ],
  'src/runtime/io/copy.ts': [
    {
      place: 'Copy.#moved',
      from: 'false',
      to: 'true',
      why: 'each poll sets it',
    },
    {
      place: 'Copy.#run',
      from: 'cx.executor?.defer(cx.leafWaker);',
      to: 'cx.executor?.defer(cx.leafWaker); cx.executor?.defer(cx.leafWaker);',
      why: 'who is put off twice is woken once',
    },
    {
      place: 'Copy.#read',
      from: 'true',
      to: 'false',
      why: 'whoever asks has something to write, or is at the end',
    },
  ],
  'src/runtime/io/halves.ts': [
    {
      place: 'Hold.drop',
      from: "'half gone'",
      to: "''",
      why: 'it is asked only whether it is one of the two others',
    },
  ],
  'src/runtime/io/io-error.ts': [
    {
      place: 'ioError',
      from: "''",
      to: "'mutant'",
      why: 'the text stands in its place',
    },
  ],
  'src/runtime/io/pipe-waits.ts': [
    {
      place: 'WriteAll.attempt',
      from: 'this.drop();',
      to: '(nothing)',
      why: 'in a closed pipe nobody has a turn',
    },
    {
      place: 'WriteAll.attempt',
      from: 'first === undefined || first === this.#turn',
      to: 'first === this.#turn',
      why: 'with nobody first it has no turn either',
    },
    {
      place: 'WriteAll.drop',
      from: 'this.#turn = undefined;',
      to: '(nothing)',
      why: 'to leave without a place, or twice, does nothing',
    },
    {
      place: 'WriteAll.drop',
      from: 'turn !== undefined',
      to: 'true',
      why: 'to leave without a place, or twice, does nothing',
    },
  ],
  'src/runtime/io/pipe.ts': [
    {
      place: 'Turn.waits',
      from: 'false',
      to: 'true',
      why: 'whoever joins sets it',
    },
    {
      place: 'Pipe.push',
      from: 'this.#wake(this.readers);',
      to: 'this.#wake(this.readers); this.#wake(this.readers);',
      why: 'the second time nobody stands in line',
    },
    {
      place: 'Pipe.close',
      from: 'this.ending = true;',
      to: '(nothing)',
      why: 'a pipe that is closed is asked for that first',
    },
    {
      place: 'Pipe.close',
      from: 'true',
      to: 'false',
      why: 'a pipe that is closed is asked for that first',
    },
    {
      place: 'Pipe.close',
      from: 'this.bytes.skip(this.bytes.length);',
      to: '(nothing)',
      why: 'nobody can read them any more: it frees the room',
    },
    {
      place: 'Pipe.close',
      from: 'this.#wake(this.readers);',
      to: 'this.#wake(this.readers); this.#wake(this.readers);',
      why: 'the second time nobody stands in line',
    },
    {
      place: 'Pipe.close',
      from: 'this.#wake(this.enders);',
      to: 'this.#wake(this.enders); this.#wake(this.enders);',
      why: 'the second time nobody stands in line',
    },
    {
      place: 'Pipe.#wake',
      from: 'line.first === undefined',
      to: 'false',
      why: 'it saves a list: nobody stands in line',
    },
    {
      place: 'Pipe.#wake',
      from: 'return;',
      to: '(nothing)',
      why: 'it saves a list: nobody stands in line',
    },
  ],
  'src/runtime/join-handle.ts': [
    {
      place: 'JoinHandle.drop',
      from: 'this.#taken || this.#task.detached',
      to: 'false',
      why: 'a second drop finds nothing to drop',
    },
    {
      place: 'JoinHandle.drop',
      from: 'this.#taken || this.#task.detached',
      to: 'this.#taken',
      why: 'a second drop finds nothing to drop',
    },
    {
      place: 'JoinHandle.drop',
      from: 'this.#taken || this.#task.detached',
      to: 'this.#task.detached',
      why: 'a second drop finds nothing to drop',
    },
    {
      place: 'JoinHandle.drop',
      from: 'return;',
      to: '(nothing)',
      why: 'a second drop finds nothing to drop',
    },
  ],
  'src/runtime/join-set.ts': [
    {
      place: 'JoinSet.spawnBlocking',
      from: 'this.#members.add(task);',
      to: 'this.#members.add(task); this.#members.add(task);',
      why: 'whoever is a member twice ends once',
    },
  ],
  'src/runtime/members.ts': [
    {
      place: 'Members.add',
      from: 'member.wake();',
      to: 'member.wake(); member.wake();',
      why: 'a member ends once',
    },
    {
      place: 'Members.add',
      from: 'this.#running.add(member);',
      to: 'this.#running.add(member); this.#running.add(member);',
      why: 'a set holds it once',
    },
    {
      place: 'Members.pollFinished',
      from: 'this.#running.add(member);',
      to: 'this.#running.add(member); this.#running.add(member);',
      why: 'a set holds it once',
    },
    {
      place: 'Members.detachAll',
      from: 'tasks.push(task);',
      to: 'tasks.push(task); tasks.push(task);',
      why: 'what was let go of has nothing left to drop',
    },
  ],
  'src/runtime/operation.ts': [
    {
      place: 'Operation.drop',
      from: 'this.#done',
      to: 'false',
      why: 'a function that has ended does nothing when it is dropped',
    },
    {
      place: 'Operation.drop',
      from: 'return;',
      to: '(nothing)',
      why: 'a function that has ended does nothing when it is dropped',
    },
  ],
  'src/runtime/panics.ts': [
    {
      place: 'UnjoinedPanics.delete',
      from: 'this.#collected.unregister(task);',
      to: '(nothing)',
      why: 'what was told is not told again',
    },
  ],
  'src/runtime/ring.ts': [
    {
      place: 'Ring.take',
      from: 'i > 0',
      to: 'i >= 0',
      why: 'it writes to the slot of the head, which is emptied right after',
    },
    {
      place: 'Ring.#head',
      from: '0',
      to: '1',
      why: 'the first push grows the empty ring, and that sets the head',
    },
    {
      place: 'Ring.#grow',
      from: 'i < size',
      to: 'i <= size',
      why: 'it writes to the slot that the push fills right after',
    },
    {
      place: 'Ring.clear',
      from: '0',
      to: '1',
      why: 'the first push grows the empty ring, and that sets the head',
    },
    {
      place: 'Ring.clear',
      from: 'this.#head = 0;',
      to: '(nothing)',
      why: 'the first push grows the empty ring, and that sets the head',
    },
  ],
  'src/runtime/spawn.ts': [
    {
      place: 'YieldNow.poll',
      from: 'cx.executor.defer(cx.leafWaker);',
      to: 'cx.executor.defer(cx.leafWaker); cx.executor.defer(cx.leafWaker);',
      why: 'who is put off twice is woken once',
    },
  ],
  'src/runtime/sync/acquire.ts': [
    {
      place: 'Acquire.refuse',
      from: 'throw new Error(`${this.label} was refused`);',
      to: '(nothing)',
      why: 'for what cannot be closed nobody comes here',
    },
    {
      place: 'Acquire.refuse',
      from: '`${this.label} was refused`',
      to: "''",
      why: 'for what cannot be closed nobody comes here',
    },
  ],
  'src/runtime/sync/barrier.ts': [
    {
      place: 'State.arrive (2)',
      from: '1',
      to: '2',
      why: 'rounds are only told apart',
    },
    {
      place: 'Wait.#stale',
      from: 'false',
      to: 'true',
      why: 'the first poll sets it',
    },
  ],
  'src/runtime/sync/broadcast/channel.ts': [
    {
      place: 'Channel.get length',
      from: '2',
      to: '3',
      why: 'any place between the borders finds the same one',
    },
    {
      place: 'Channel.receiverGone',
      from: 'tracing() === undefined',
      to: 'false',
      why: 'untraced, the length before is computed and not used',
    },
    {
      place: 'Channel.receiverGone',
      from: '0',
      to: '1',
      why: 'it is only compared while somebody traces',
    },
    {
      place: 'Channel.receiverGone',
      from: 'tracing()?.op',
      to: 'tracing().op',
      why: 'somebody traces: that was just asked',
    },
    {
      place: 'Channel.receiverGone',
      from: 'this.#wake(cursor);',
      to: 'this.#wake(cursor); this.#wake(cursor);',
      why: 'the second time nobody stands in line',
    },
    {
      place: 'Channel.receiverGone',
      from: 'tracing() !== undefined && this.length < before',
      to: 'this.length < before',
      why: 'untraced, nothing is shorter than 0',
    },
    {
      place: 'Channel.#discard',
      from: 'cursor.next = this.#sent;',
      to: '(nothing)',
      why: 'whoever is gone is refused before its place is asked for',
    },
    {
      place: 'isLost',
      from: 'unread > 0 && !received',
      to: '!received',
      why: 'what nobody has still to read was put away: there is nothing to drop',
    },
    {
      place: 'isLost',
      from: 'unread > 0',
      to: 'unread >= 0',
      why: 'what nobody has still to read was put away: there is nothing to drop',
    },
  ],
  'src/runtime/sync/broadcast/sender.ts': [
    {
      place: 'Sender.closed',
      from: '{ budgeted: false }',
      to: '{}',
      why: 'nothing is a no',
    },
  ],
  'src/runtime/sync/cancellation-token.ts': [
    {
      place: 'Node.#number',
      from: '0',
      to: '1',
      why: 'the root has no siblings',
    },
    {
      place: 'Node.stand',
      from: 'node.#parent.#awaitedChildren.has(node)',
      to: 'false',
      why: 'those further up are known already: it saves the way',
    },
    {
      place: 'Node.stand',
      from: 'break;',
      to: '(nothing)',
      why: 'those further up are known already: it saves the way',
    },
    {
      place: 'Node.stand',
      from: 'node.#parent.#awaitedChildren.add(node);',
      to: 'node.#parent.#awaitedChildren.add(node); node.#parent.#awaitedChildren.add(node);',
      why: 'those further up are known already: it saves the way',
    },
    {
      place: 'RunUntilCancelled.#state',
      from: "'new'",
      to: "''",
      why: 'it is asked only whether it is one of the two others',
    },
  ],
  'src/runtime/sync/mpsc/channel.ts': [
    {
      place: 'Channel.receiverWaits',
      from: 'false',
      to: 'true',
      why: 'with nobody registered nobody is woken',
    },
    {
      place: 'Channel.push',
      from: 'this.permits?.add',
      to: 'this.permits.add',
      why: 'only a permit sends when the receiver is gone, and those have a limit',
    },
    {
      place: 'Channel.wakeReceiver',
      from: 'this.receiverWaits = false;',
      to: '(nothing)',
      why: 'with nobody registered nobody is woken',
    },
    {
      place: 'Channel.wakeReceiver',
      from: 'false',
      to: 'true',
      why: 'with nobody registered nobody is woken',
    },
    {
      place: 'Channel.get exhausted',
      from: 'this.queue.length > 0',
      to: 'false',
      why: 'whoever asks has found the queue empty, or cannot wait with something in it',
    },
    {
      place: 'Channel.get exhausted',
      from: '0',
      to: '1',
      why: 'whoever asks has found the queue empty, or cannot wait with something in it',
    },
    {
      place: 'Channel.get exhausted',
      from: 'return false;',
      to: '(nothing)',
      why: 'whoever asks has found the queue empty, or cannot wait with something in it',
    },
    {
      place: 'Channel.get exhausted',
      from: 'false',
      to: 'true',
      why: 'whoever asks has found the queue empty, or cannot wait with something in it',
    },
    {
      place: 'Channel.returnPermits',
      from: 'this.closed && this.exhausted',
      to: 'this.exhausted',
      why: 'one that is not closed, but exhausted, is abandoned, which wakes next',
    },
    {
      place: 'Channel.returnPermits',
      from: 'this.permits?.add',
      to: 'this.permits.add',
      why: 'what was reserved has a limit',
    },
    {
      place: 'Channel.abandon',
      from: 'this.closed && this.exhausted',
      to: 'this.exhausted',
      why: 'whoever waited was woken when the last sender left',
    },
    {
      place: 'Channel.abandon',
      from: 'this.permits?.abandon',
      to: 'this.permits.abandon',
      why: 'what was claimed has a limit',
    },
  ],
  'src/runtime/sync/mpsc/receiver.ts': [
    {
      place: 'Receiver.dispose',
      from: 'this.#dropped',
      to: 'false',
      why: 'to close and to clear again does nothing',
    },
    {
      place: 'Receiver.dispose',
      from: 'return;',
      to: '(nothing)',
      why: 'to close and to clear again does nothing',
    },
  ],
  'src/runtime/sync/mpsc/sender.ts': [
    {
      place: 'AnySender.closed',
      from: '{ budgeted: false }',
      to: '{}',
      why: 'nothing is a no',
    },
    {
      place: 'Sender.tryReserveMany',
      from: 'capacity ?? 0',
      to: 'capacity',
      why: 'a channel with such a sender has a limit',
    },
    {
      place: 'Sender.tryReserveMany',
      from: '0',
      to: '1',
      why: 'a channel with such a sender has a limit',
    },
    {
      place: 'Sender.get capacity',
      from: 'this.open().permits?.available ?? 0',
      to: 'this.open().permits?.available',
      why: 'a channel with such a sender has a limit',
    },
    {
      place: 'Sender.get capacity',
      from: 'this.open().permits?.available',
      to: 'this.open().permits.available',
      why: 'a channel with such a sender has a limit',
    },
    {
      place: 'Sender.get capacity',
      from: '0',
      to: '1',
      why: 'a channel with such a sender has a limit',
    },
    {
      place: 'Sender.get maxCapacity',
      from: 'this.open().capacity ?? 0',
      to: 'this.open().capacity',
      why: 'a channel with such a sender has a limit',
    },
    {
      place: 'Sender.get maxCapacity',
      from: '0',
      to: '1',
      why: 'a channel with such a sender has a limit',
    },
    {
      place: 'Sender.#takeSlots',
      from: 'channel.permits?.tryAcquire',
      to: 'channel.permits.tryAcquire',
      why: 'a channel with such a sender has a limit',
    },
  ],
  'src/runtime/sync/mpsc/slot.ts': [
    {
      place: 'ReserveMany.poll',
      from: 'this.channel.capacity ?? 0',
      to: 'this.channel.capacity',
      why: 'a channel with such a sender has a limit',
    },
    {
      place: 'ReserveMany.poll',
      from: '0',
      to: '1',
      why: 'a channel with such a sender has a limit',
    },
  ],
  'src/runtime/sync/notify.ts': [
    {
      place: 'State.rounds',
      from: '0',
      to: '1',
      why: 'rounds are only told apart',
    },
    {
      place: 'State.notifyAll',
      from: 'this.rounds += 1',
      to: 'this.rounds -= 1',
      why: 'rounds are only told apart',
    },
    {
      place: 'State.notifyAll',
      from: '1',
      to: '2',
      why: 'rounds are only told apart',
    },
    {
      place: 'State.notifyAll',
      from: "'all'",
      to: "''",
      why: 'called by whom is asked of the two others',
    },
  ],
  'src/runtime/sync/oneshot.ts': [
    {
      place: 'Receiver.tryRecv',
      from: 'this.#taken || state.complete',
      to: 'state.complete',
      why: 'what was taken was sent',
    },
    {
      place: 'State.#wakeReceiver',
      from: 'this.receiver = undefined;',
      to: '(nothing)',
      why: 'it is woken once: by the value, or by the end',
    },
  ],
  'src/runtime/sync/permits.ts': [
    {
      place: 'Claim.missing',
      from: '0',
      to: '1',
      why: 'queue() sets it at once',
    },
    {
      place: 'Claim.granted',
      from: '0',
      to: '1',
      why: 'queue() sets it at once',
    },
    {
      place: 'Permits.add',
      from: 'claim !== undefined && left > 0',
      to: 'claim !== undefined',
      why: 'with none left the first in line gets none, and the loop ends there',
    },
    {
      place: 'Permits.add',
      from: 'left > 0',
      to: 'left >= 0',
      why: 'with none left the first in line gets none, and the loop ends there',
    },
  ],
  'src/runtime/sync/task-tracker.ts': [
    {
      place: 'State.rounds',
      from: '0',
      to: '1',
      why: 'rounds are only told apart',
    },
    {
      place: 'State.tellIfOver',
      from: 'this.rounds += 1',
      to: 'this.rounds -= 1',
      why: 'rounds are only told apart',
    },
    {
      place: 'State.tellIfOver',
      from: '1',
      to: '2',
      why: 'rounds are only told apart',
    },
  ],
  'src/runtime/sync/waiting.ts': [
    {
      place: 'Waiting.#finish',
      from: 'this.drop();',
      to: '(nothing)',
      why: 'whatever makes an answer has taken everybody out of the line',
    },
    {
      place: 'Waiting.drop',
      from: 'this.#ticket = undefined;',
      to: '(nothing)',
      why: 'a place that was left counts as none',
    },
  ],
  'src/runtime/sync/watch/channel.ts': [
    {
      place: 'Channel.receiverGone',
      from: 'this.wake(seen);',
      to: 'this.wake(seen); this.wake(seen);',
      why: 'the second time nobody stands in line',
    },
  ],
  'src/runtime/sync/watch/receiver.ts': [
    {
      place: 'Receiver.markChanged',
      from: '1',
      to: '2',
      why: 'versions are only told apart',
    },
    {
      place: 'Receiver.markChanged',
      from: 'channel.wake(this.#seen);',
      to: 'channel.wake(this.#seen); channel.wake(this.#seen);',
      why: 'the second time nobody stands in line',
    },
  ],
  'src/runtime/sync/watch/sender.ts': [
    {
      place: 'Sender.sendIfModified',
      from: 'false',
      to: 'true',
      why: 'it is set before it is asked, or modify has thrown and nobody asks',
    },
  ],
  'src/runtime/task.ts': [
    {
      place: 'Task.queued',
      from: 'false',
      to: 'true',
      why: 'spawning sets it',
    },
    {
      place: 'Task.#running',
      from: 'false',
      to: 'true',
      why: 'it is queued until its first turn, which sets this',
    },
    {
      place: 'Task.abort',
      from: 'this.done',
      to: 'false',
      why: 'a task that is done is not woken',
    },
    {
      place: 'Task.abort',
      from: 'return;',
      to: '(nothing)',
      why: 'a task that is done is not woken',
    },
    {
      place: 'Task.abort',
      from: "this.wake('abort');",
      to: "this.wake('abort'); this.wake('abort');",
      why: 'the second time it is queued',
    },
    {
      place: 'Task.run',
      from: 'this.#running = false;',
      to: '(nothing)',
      why: 'it is done next',
    },
    {
      place: 'Task.run (2)',
      from: 'false',
      to: 'true',
      why: 'it is done next',
    },
    {
      place: 'Task.cancel',
      from: 'return;',
      to: '(nothing)',
      why: 'the executor has forgotten whoever is done',
    },
    {
      place: 'Task.cancel',
      from: 'this.done',
      to: 'false',
      why: 'the executor has forgotten whoever is done',
    },
    {
      place: 'Task.complete',
      from: 'this.queued = false;',
      to: '(nothing)',
      why: 'whoever is done is not woken',
    },
    {
      place: 'Task.complete',
      from: 'false',
      to: 'true',
      why: 'whoever is done is not woken',
    },
  ],
  'src/runtime/time/clock.ts': [
    {
      place: 'VirtualClock.waitFor',
      from: 'return 0;',
      to: '(nothing)',
      why: 'a virtual clock is moved, not waited for',
    },
    {
      place: 'VirtualClock.waitFor',
      from: '0',
      to: '1',
      why: 'a virtual clock is moved, not waited for',
    },
    {
      place: 'RealClock.#start',
      from: '0',
      to: '1',
      why: 'start() sets it',
    },
  ],
  'src/runtime/time/interval.ts': [
    {
      place: 'Interval.#afterMissing',
      from: 'return this.missedTicks satisfies never;',
      to: '(nothing)',
      why: 'there is no other case',
    },
  ],
  'src/runtime/time/sleep.ts': [
    {
      place: 'isPast',
      from: 'deadline <= clock.now()',
      to: 'deadline < clock.now()',
      why: 'a real clock does not show the very deadline twice',
    },
  ],
  'src/runtime/time/timer-heap.ts': [
    {
      place: 'TimerHeap.due',
      from: '1',
      to: '2',
      why: 'only the sign counts',
    },
    {
      place: 'TimerHeap.due (2)',
      from: '1',
      to: '2',
      why: 'only the sign counts',
    },
    {
      place: 'TimerHeap.remove',
      from: '1',
      to: '2',
      why: 'only the sign counts',
    },
    {
      place: 'before',
      from: 'a.order < b.order',
      to: 'a.order <= b.order',
      why: 'no two have the same order',
    },
    {
      place: 'TimerHeap.#registered',
      from: '0',
      to: '1',
      why: 'orders are only compared',
    },
  ],
  'src/runtime/time/timer.ts': [
    {
      place: 'Timer.due',
      from: '0',
      to: '1',
      why: 'arming it sets it',
    },
    {
      place: 'Timer.tick',
      from: '0',
      to: '1',
      why: 'arming it sets it',
    },
    {
      place: 'Timer.index',
      from: '1',
      to: '2',
      why: 'only the sign counts',
    },
    {
      place: 'Timer.order',
      from: '0',
      to: '1',
      why: 'arming it sets it',
    },
  ],
  'src/runtime/time/timers.ts': [
    {
      place: 'Timers.fire',
      from: 'this.#heap.first()?.tick ?? Number.POSITIVE_INFINITY',
      to: 'this.#heap.first()?.tick',
      why: 'it saves a question: nothing is due',
    },
    {
      place: 'Timers.fire',
      from: 'return;',
      to: '(nothing)',
      why: 'it saves a question: nothing is due',
    },
    {
      place: 'Timers.fire',
      from: '(this.#heap.first()?.tick ?? Number.POSITIVE_INFINITY) > tick',
      to: 'false',
      why: 'it saves a question: nothing is due',
    },
  ],
};
