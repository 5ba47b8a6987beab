using Microsoft.AspNetCore.Components.WebAssembly.Hosting;
using VibeDash.Client.Live;
using VibeDash.Client.Shell;

var builder = WebAssemblyHostBuilder.CreateDefault(args);
var site = new Uri(builder.HostEnvironment.BaseAddress);

builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddScoped(_ => new HttpClient { BaseAddress = site, Timeout = TimeSpan.FromSeconds(20) });
builder.Services.AddHttpApis();
builder.Services.AddScoped<ILiveFeed>(services =>
    new LiveFeed(site, services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<LiveFeed>>()));
builder.Services.AddDashboardPages();

await builder.Build().RunAsync();
