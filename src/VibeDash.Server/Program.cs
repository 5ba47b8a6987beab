using VibeDash.Core.Contract;
using VibeDash.Core.People;
using VibeDash.Server.Alerts;
using VibeDash.Server.Backups;
using VibeDash.Server.Commands;
using VibeDash.Server.DeadLetters;
using VibeDash.Server.Export;
using VibeDash.Server.History;
using VibeDash.Server.Hosting;
using VibeDash.Server.HttpEvents;
using VibeDash.Server.Live;
using VibeDash.Server.Mqtt;
using VibeDash.Server.Notes;
using VibeDash.Server.People;
using VibeDash.Server.Pipeline;
using VibeDash.Server.Refusals;
using VibeDash.Server.Rules;
using VibeDash.Server.Sensors;
using VibeDash.Server.Startup;
using VibeDash.Server.Storage;
using VibeDash.Server.Web;

try
{
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
    builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, DashboardJson.Default));
    builder.Services.AddProblemDetails().AddOpenApi(document => document.AddDocumentTransformer(ApiDocument.Describe));

    // Hosted services start in this order and stop in the reverse one: no source without an event loop.
    builder.Services.AddWeb().AddHosting().AddRefusals().AddPeople().AddProvider(builder.Configuration).AddDatabase().AddPipeline().AddLive().AddHistory().AddSensors().AddAlerts().AddRules().AddNotes().AddDeadLetters().AddBackups().AddExport().AddCommands();
    builder.Services.AddHttpEvents().AddSparkplugStart().AddBrokers(builder.Configuration).AddStartRecord().AddDemo();
    builder.Services.AddDashboard();

    var app = builder.Build();
    if (OneTimeCommand.IsIn(args))
    {
        if (args[0] == "set-up")
            app.Services.PreparePeople();
        return await OneTimeCommand.RunAsync(args[0], app.Services, Console.In, Console.Out);
    }

    app.UseExceptionHandler();
    app.UseWeb();
    app.UseRequestTimeouts();
    app.UseResponseCompression();
    app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
    app.UseApiProblems();
    app.UsePeople();
    app.UseForms();
    app.MapStaticAssets().AllowAnonymous();
    app.MapOpenApi().Requires(Permission.View);
    app.MapApiPage();
    app.MapHealth();
    app.MapGroup("/api/v1")
        .MapSensors().MapHistory().MapNotes().MapExport().MapBackups().MapAlerts().MapRules().MapEvents().MapDeadLetters().MapCommands().MapConnections().MapLiveStream().MapPeople();
    app.MapHub<LiveHub>("/" + LiveHubMethods.Path).Requires(Permission.View);
    app.MapPasskeys();
    app.MapProvider();
    app.MapDashboard();

    // Both take long and are independent. Building the endpoints now, with the JSON of all their types, makes the first request quick.
    var brokers = app.Services.GetRequiredService<BrokerConnections>();
    await Task.WhenAll(
        Task.Run(() =>
        {
            app.Services.GetRequiredService<EventLoop>().Prepare(brokers.ReportMachineStates);

            // The event loop has made sure that no other server uses the folder.
            app.Services.PreparePeople();
        }), Task.Run(() => ((IEndpointRouteBuilder)app).DataSources.Sum(source => source.Endpoints.Count)));
    await app.RunAsync();
    return 0;
}
catch (Exception fault) when (StartupFault.Describe(fault) is { } line)
{
    await Console.Error.WriteLineAsync(line);
    return 1;
}
