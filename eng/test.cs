// `./comity test`: everything, with what it needs installed first. See eng/testing/ for the steps.
using System.Runtime.InteropServices;

if (args is ["--help" or "-h"])
{
    Console.WriteLine(TestOptions.Usage);
    return 0;
}

if (TestOptions.Read(args, out var fault) is not { } options)
{
    Console.Error.WriteLine($"{fault}\n\n{TestOptions.Usage}");
    return 2;
}

using var stop = new CancellationTokenSource();
void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}

using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
try
{
    return await new TestRun(Repository.Here(), options, stop.Token).RunAsync();
}
catch (OperationCanceledException)
{
    Progress.Say("Stopped; what the run had started has been ended.");
    return 130;
}
