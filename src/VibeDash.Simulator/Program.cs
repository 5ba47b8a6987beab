using VibeDash.Simulator;
using System.CommandLine;

var command = SimulatorCommand.Create(TimeProvider.System).Parse(args);
foreach (var fault in command.Errors)
    await Console.Error.WriteLineAsync(fault.Message);
if (command.Errors.Count > 0)
    return 2;

// Time for a run to write its report after Ctrl+C.
return await command.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });
